-- 自评结果汇总表: how many projects of each department are due by the roll, came and are scored, their money, their grades, and how
-- far its own totals are from those computed. A grade that is 暂定 is counted apart. Without a roll nothing is due.
WITH due AS (
  SELECT r.year, r.region, coalesce(p.agency, r.agency) AS agency, count(*) AS due,
         sum(CASE WHEN r.came THEN 0 ELSE 1 END) AS missing
  FROM current_roll r
  LEFT JOIN current_project p ON p.region = r.region AND p.year = r.year AND p.project_key = r.project_key
  GROUP BY r.year, r.region, coalesce(p.agency, r.agency)
), came AS (
  SELECT year, region, agency, count(*) AS projects,
         sum(CASE WHEN complete THEN 1 ELSE 0 END) AS scored,
         sum(budget) AS budget, sum(spent) AS spent,
         sum(spent) / nullif(sum(CASE WHEN spent IS NOT NULL THEN budget END), 0) AS execution,
         sum(CASE WHEN grade = '优' AND NOT provisional THEN 1 ELSE 0 END) AS excellent,
         sum(CASE WHEN grade = '良' AND NOT provisional THEN 1 ELSE 0 END) AS good,
         sum(CASE WHEN grade = '中' AND NOT provisional THEN 1 ELSE 0 END) AS fair,
         sum(CASE WHEN grade = '差' AND NOT provisional THEN 1 ELSE 0 END) AS poor,
         sum(CASE WHEN provisional THEN 1 ELSE 0 END) AS provisional,
         sum(CASE WHEN complete AND stated_total IS NOT NULL AND stated_total <> total THEN 1 ELSE 0 END) AS differing,
         avg(CASE WHEN complete THEN stated_total - total END) AS own_less_computed,
         sum(errors) AS errors
  FROM current_project
  GROUP BY year, region, agency
)
SELECT coalesce(c.year, d.year) AS year, coalesce(c.region, d.region) AS region, coalesce(c.agency, d.agency) AS agency,
       d.due, d.missing, coalesce(c.projects, 0) AS projects, coalesce(c.scored, 0) AS scored,
       c.budget, c.spent, c.execution, c.excellent, c.good, c.fair, c.poor, c.provisional,
       c.differing, c.own_less_computed, c.errors
FROM came c
FULL OUTER JOIN due d ON d.year = c.year AND d.region = c.region AND coalesce(d.agency, '') = coalesce(c.agency, '')
ORDER BY 1, 2, 3;

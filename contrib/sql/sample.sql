-- The projects to be looked at again, each with the reason: of every department one at least; first the largest, then those
-- marked on the roll, then full points beside money that was not spent, then forms of few words, then what was not looked at for
-- three years; the rest drawn. How many, and the seed, stand in `chosen`; the same seed draws the same. What is marked and when a
-- project was last looked at says the roll; where no roll of a region ever said when, nothing is overdue.
WITH chosen AS (
  SELECT 0.10 AS of_projects, 0.30 AS of_money, '2026' AS seed
), looked AS (
  SELECT p.region, p.year, p.project_key, max(r.looked_at) AS last_year
  FROM current_project p JOIN current_roll r ON r.region = p.region AND r.project_key = p.project_key AND r.looked_at < p.year
  GROUP BY p.region, p.year, p.project_key
), recorded AS (
  SELECT DISTINCT region FROM current_roll WHERE looked_at IS NOT NULL
), candidates AS (
  SELECT p.*, p.spent / nullif(p.budget, 0) AS execution, m.mark, l.last_year,
         CASE WHEN r.region IS NOT NULL AND (l.last_year IS NULL OR l.last_year < p.year - 3) THEN 1 ELSE 0 END AS overdue,
         row_number() OVER (PARTITION BY p.year, p.region, p.agency ORDER BY p.budget DESC NULLS LAST, p.project_key) AS largest_of_agency,
         md5(concat(c.seed, p.project_key)) AS drawn
  FROM current_project p CROSS JOIN chosen c
  LEFT JOIN current_roll m ON m.region = p.region AND m.year = p.year AND m.project_key = p.project_key
  LEFT JOIN looked l ON l.region = p.region AND l.year = p.year AND l.project_key = p.project_key
  LEFT JOIN recorded r ON r.region = p.region
), reasoned AS (
  SELECT *, CASE
      WHEN largest_of_agency = 1 THEN 1
      WHEN mark IS NOT NULL THEN 2
      WHEN coalesce(stated_total, total) >= full_points AND execution < 0.6 THEN 3
      WHEN goal_chars < 40 THEN 4
      WHEN overdue = 1 THEN 5
      ELSE 6 END AS turn
  FROM candidates
), ordered AS (
  SELECT *, row_number() OVER (PARTITION BY year, region ORDER BY turn, CASE WHEN turn >= 5 THEN NULL ELSE budget END DESC NULLS LAST, drawn) AS place,
         count(*) OVER (PARTITION BY year, region) AS projects,
         sum(budget) OVER (PARTITION BY year, region) AS money,
         coalesce(sum(budget) OVER (PARTITION BY year, region
           ORDER BY turn, CASE WHEN turn >= 5 THEN NULL ELSE budget END DESC NULLS LAST, drawn
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS money_before
  FROM reasoned
)
SELECT o.year, o.region, o.place, o.agency, o.project, o.budget,
       CASE o.turn
         WHEN 1 THEN '该部门预算最大的项目'
         WHEN 2 THEN concat('项目清单标注“', o.mark, '”')
         WHEN 3 THEN concat('自评', regexp_replace(cast(cast(coalesce(o.stated_total, o.total) AS DECIMAL(10,2)) AS VARCHAR(20)), '[.]?0+$', ''), '分，预算执行率', cast(cast(round(o.execution * 100) AS INT) AS VARCHAR(20)), '%')
         WHEN 4 THEN concat('总体目标和完成情况仅', cast(o.goal_chars AS VARCHAR(20)), '字')
         WHEN 5 THEN CASE WHEN o.last_year IS NULL THEN '近三年未抽查' ELSE concat('上次抽查在', cast(o.last_year AS VARCHAR(20)), '年度，近三年未抽查') END
         ELSE '随机抽取' END AS reason
FROM ordered o CROSS JOIN chosen c
WHERE o.turn <= 2 OR o.place <= ceil(o.projects * c.of_projects) OR o.money_before < o.money * c.of_money
UNION ALL
-- What is marked and has no score yet is not forgotten.
SELECT r.year, r.region, NULL, r.agency, r.project, r.budget,
       concat('项目清单标注“', r.mark, '”，', CASE WHEN r.came THEN '已收到，尚未评分' ELSE '没有收到材料' END)
FROM current_roll r
LEFT JOIN current_project p ON p.region = r.region AND p.year = r.year AND p.project_key = r.project_key
WHERE r.mark IS NOT NULL AND p.project_key IS NULL
ORDER BY 1, 2, 3 NULLS LAST, 5;

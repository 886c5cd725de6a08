-- 自评结果汇总表: each department's projects, money, grades, and how far its own totals are from those computed.
SELECT year, region, agency, count(*) AS projects,
       sum(CASE WHEN complete THEN 1 ELSE 0 END) AS scored,
       sum(budget) AS budget, sum(spent) AS spent,
       sum(spent) / nullif(sum(CASE WHEN spent IS NOT NULL THEN budget END), 0) AS execution,
       sum(CASE WHEN grade = '优' THEN 1 ELSE 0 END) AS excellent,
       sum(CASE WHEN grade = '良' THEN 1 ELSE 0 END) AS good,
       sum(CASE WHEN grade = '中' THEN 1 ELSE 0 END) AS fair,
       sum(CASE WHEN grade = '差' THEN 1 ELSE 0 END) AS poor,
       sum(CASE WHEN stated_total IS NOT NULL AND stated_total <> total THEN 1 ELSE 0 END) AS differing,
       avg(stated_total - total) AS own_less_computed,
       sum(errors) AS errors
FROM current_project
GROUP BY year, region, agency
ORDER BY year, region, agency;

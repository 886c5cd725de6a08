-- The projects to be looked at again, each with the reason: of every department one at least; first the largest, then full points
-- beside money that was not spent, then forms of few words; the rest drawn. How many, and the seed, stand in `chosen`; the same seed
-- draws the same.
WITH chosen AS (
  SELECT 0.10 AS of_projects, 0.30 AS of_money, '2026' AS seed
), candidates AS (
  SELECT p.*, p.spent / nullif(p.budget, 0) AS execution,
         row_number() OVER (PARTITION BY year, region, agency ORDER BY budget DESC NULLS LAST, project_key) AS largest_of_agency,
         md5(concat(c.seed, p.project_key)) AS drawn
  FROM current_project p CROSS JOIN chosen c
), reasoned AS (
  SELECT *, CASE
      WHEN largest_of_agency = 1 THEN 1
      WHEN coalesce(stated_total, total) >= full_points AND execution < 0.6 THEN 2
      WHEN goal_chars < 40 THEN 3
      ELSE 4 END AS turn
  FROM candidates
), ordered AS (
  SELECT *, row_number() OVER (PARTITION BY year, region ORDER BY turn, CASE WHEN turn = 4 THEN NULL ELSE budget END DESC NULLS LAST, drawn) AS place,
         count(*) OVER (PARTITION BY year, region) AS projects,
         sum(budget) OVER (PARTITION BY year, region) AS money,
         coalesce(sum(budget) OVER (PARTITION BY year, region
           ORDER BY turn, CASE WHEN turn = 4 THEN NULL ELSE budget END DESC NULLS LAST, drawn
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS money_before
  FROM reasoned
)
SELECT o.year, o.region, o.place, o.agency, o.project, o.budget,
       CASE o.turn
         WHEN 1 THEN '该部门预算最大的项目'
         WHEN 2 THEN concat('自评', cast(cast(coalesce(o.stated_total, o.total) AS DOUBLE) AS VARCHAR(20)), '分，预算执行率', cast(cast(round(o.execution * 100) AS INT) AS VARCHAR(20)), '%')
         WHEN 3 THEN concat('总体目标和完成情况仅', cast(o.goal_chars AS VARCHAR(20)), '字')
         ELSE '随机抽取' END AS reason
FROM ordered o CROSS JOIN chosen c
WHERE o.turn = 1 OR o.place <= ceil(o.projects * c.of_projects) OR o.money_before < o.money * c.of_money
ORDER BY o.year, o.region, o.place;

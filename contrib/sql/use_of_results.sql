-- 结果应用: the facts by which next year's money is decided on. What follows from them is a person's to decide: no amount is
-- proposed. `repeated` counts the kinds of findings that the project had the year before, too.
WITH repeated AS (
  SELECT f.region, f.year, f.project_key, count(DISTINCT f.id) AS kinds
  FROM current_finding f
  JOIN current_finding e ON e.region = f.region AND e.project_key = f.project_key AND e.year = f.year - 1 AND e.id = f.id
  WHERE f.severity <> 'info'
  GROUP BY f.region, f.year, f.project_key
)
SELECT p.year, p.region, p.agency, p.project, p.complete,
       CASE WHEN p.complete THEN p.total * 100 / nullif(p.full_points, 0) END AS points, p.grade_shown AS grade,
       CASE WHEN b.complete THEN b.total * 100 / nullif(b.full_points, 0) END AS points_before, b.grade_shown AS grade_before,
       p.budget, p.spent, p.spent / nullif(p.budget, 0) AS execution, p.budget - p.spent AS unspent,
       p.errors, p.warnings, coalesce(r.kinds, 0) AS repeated
FROM current_project p
LEFT JOIN current_project b ON b.region = p.region AND b.project_key = p.project_key AND b.year = p.year - 1
LEFT JOIN repeated r ON r.region = p.region AND r.year = p.year AND r.project_key = p.project_key
ORDER BY p.year, p.region, p.agency, p.project, p.project_key;

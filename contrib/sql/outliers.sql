-- Scores that lie beyond 1.5 interquartile ranges of their department's; a department of fewer than ten projects has no usual score.
WITH usual AS (
  SELECT year, region, agency, count(*) AS projects,
         percentile_cont(0.25) WITHIN GROUP (ORDER BY total * 100 / full_points) AS q1,
         percentile_cont(0.75) WITHIN GROUP (ORDER BY total * 100 / full_points) AS q3
  FROM current_project
  WHERE complete AND full_points > 0
  GROUP BY year, region, agency
)
SELECT p.year, p.region, p.agency, p.project, p.total, p.full_points, u.q1, u.q3, u.projects
FROM current_project p
JOIN usual u ON u.year = p.year AND u.region = p.region AND u.agency = p.agency
WHERE p.complete AND p.full_points > 0 AND u.projects >= 10
  AND (p.total * 100 / p.full_points < u.q1 - 1.5 * (u.q3 - u.q1) OR p.total * 100 / p.full_points > u.q3 + 1.5 * (u.q3 - u.q1))
ORDER BY p.year, p.region, p.agency, p.project;

-- Scores, rates of execution and unit costs that lie beyond 1.5 interquartile ranges of those like them: scores and rates of the
-- same department, costs of indicators with the same name and unit. Of fewer than ten nothing is usual.
WITH measured AS (
  SELECT year, region, agency, project, 'score' AS what, coalesce(agency, '') AS alike,
         cast(total * 100 / full_points AS DOUBLE) AS value
  FROM current_project WHERE complete AND full_points > 0
  UNION ALL
  SELECT year, region, agency, project, 'execution', coalesce(agency, ''), cast(spent * 100 / budget AS DOUBLE)
  FROM current_project WHERE spent IS NOT NULL AND budget > 0
  UNION ALL
  SELECT year, region, agency, project, 'cost', concat(name, '（', actual_unit, '）'), cast(actual AS DOUBLE)
  FROM current_indicator
  WHERE actual IS NOT NULL AND actual_unit IS NOT NULL AND NOT execution AND (level1 LIKE '%成本%' OR level2 LIKE '%成本%')
), usual AS (
  SELECT year, region, what, alike, count(*) AS projects,
         percentile_cont(0.25) WITHIN GROUP (ORDER BY value) AS q1,
         percentile_cont(0.75) WITHIN GROUP (ORDER BY value) AS q3
  FROM measured
  GROUP BY year, region, what, alike
)
SELECT m.year, m.region, m.agency, m.project, m.what, m.alike, m.value, u.q1, u.q3, u.projects
FROM measured m
JOIN usual u ON u.year = m.year AND u.region = m.region AND u.what = m.what AND u.alike = m.alike
WHERE u.projects >= 10 AND (m.value < u.q1 - 1.5 * (u.q3 - u.q1) OR m.value > u.q3 + 1.5 * (u.q3 - u.q1))
ORDER BY m.year, m.region, m.what, m.alike, m.agency, m.project;

-- Departments that gave nearly all of their projects full points: of five projects or more nine of ten at 98 of 100 or above.
SELECT year, region, agency, count(*) AS projects,
       sum(CASE WHEN stated_total * 100 / full_points >= 98 THEN 1 ELSE 0 END) AS high,
       min(stated_total * 100 / full_points) AS lowest
FROM current_project
WHERE stated_total IS NOT NULL AND full_points > 0
GROUP BY year, region, agency
HAVING count(*) >= 5 AND sum(CASE WHEN stated_total * 100 / full_points >= 98 THEN 1 ELSE 0 END) * 10 >= count(*) * 9
ORDER BY year, region, agency;

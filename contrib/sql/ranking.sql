-- Projects by their score out of 100, within their region and year; what still waits for points is not ranked.
SELECT year, region,
       rank() OVER (PARTITION BY year, region ORDER BY total * 100 / full_points DESC) AS place,
       agency, project, total, full_points, grade_shown AS grade
FROM current_project
WHERE complete AND full_points > 0
ORDER BY year, region, place, agency, project;

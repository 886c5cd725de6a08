-- How many projects of a department earn which grade, and their share of those that have one; one that is 暂定 stands apart.
SELECT year, region, agency, grade_shown AS grade, count(*) AS projects,
       count(*) * 1.0 / sum(count(*)) OVER (PARTITION BY year, region, agency) AS share
FROM current_project
WHERE grade IS NOT NULL
GROUP BY year, region, agency, grade_shown
ORDER BY year, region, agency, grade_shown;

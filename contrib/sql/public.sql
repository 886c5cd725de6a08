-- 公开版: what may be published of a project once its evaluation is settled.
SELECT year, region, agency, project, budget, spent, total, full_points, grade
FROM current_project
WHERE complete AND grade IS NOT NULL
ORDER BY year, region, agency, project;

-- 公开版: what may be published of a project once its evaluation is settled: of an open total and a grade that is 暂定 nothing.
SELECT year, region, agency, project, budget, spent, total, full_points, grade
FROM current_project
WHERE complete AND grade IS NOT NULL AND NOT provisional
ORDER BY year, region, agency, project;

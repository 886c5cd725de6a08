-- What is the same where it should not be: whole forms, goals, and projects that came twice in a year.
WITH forms AS (
  SELECT year, region, form_mark, count(*) AS projects
  FROM current_project WHERE form_mark IS NOT NULL GROUP BY year, region, form_mark HAVING count(*) > 1
), goals AS (
  SELECT year, region, goal_mark, count(*) AS projects
  FROM current_project WHERE goal_mark IS NOT NULL GROUP BY year, region, goal_mark HAVING count(*) > 1
)
SELECT 'forms-identical' AS what, p.year, p.region, p.agency, p.project, f.projects AS among, f.form_mark AS mark
FROM current_project p JOIN forms f ON f.year = p.year AND f.region = p.region AND f.form_mark = p.form_mark
UNION ALL
SELECT 'text-of-another-project', p.year, p.region, p.agency, p.project, g.projects, g.goal_mark
FROM current_project p JOIN goals g ON g.year = p.year AND g.region = p.region AND g.goal_mark = p.goal_mark
UNION ALL
SELECT 'project-submitted-twice', year, region, agency, project, versions, project_key
FROM current_project WHERE versions > 1
ORDER BY 1, 2, 3, 7, 4, 5;

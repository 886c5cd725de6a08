-- Which findings are how frequent: in how many projects, and in what share of all of the region and year.
SELECT f.year, f.region, f.id, f.title, f.severity, f.matter, count(*) AS times,
       count(DISTINCT f.project_key) AS projects,
       count(DISTINCT f.project_key) * 1.0 / max(a.projects) AS share
FROM current_finding f
JOIN (SELECT year, region, count(*) AS projects FROM current_project GROUP BY year, region) a
  ON a.year = f.year AND a.region = f.region
GROUP BY f.year, f.region, f.id, f.title, f.severity, f.matter
ORDER BY f.year, f.region, projects DESC, f.id;

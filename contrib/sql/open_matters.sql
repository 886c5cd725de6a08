-- 整改台账: what is the agencies' to mend, the gravest first. What was closed since the last return is there no more.
SELECT f.year, f.region, f.agency, f.project, f.severity, f.matter, f.title, f.object, f.cell,
       coalesce(f.state, 'new') AS state, f.finding_key
FROM current_finding f
WHERE f.reader = 'agency' AND f.severity <> 'info'
ORDER BY f.year, f.region, f.agency, f.project,
         CASE f.severity WHEN 'error' THEN 1 ELSE 2 END, f.matter, f.object, f.finding_key;

-- Indicators that at least three projects have in the same unit: how often, and what is usually promised and done.
SELECT level1, level2, name, unit, count(DISTINCT concat(region, project_key)) AS projects,
       percentile_cont(0.25) WITHIN GROUP (ORDER BY target) AS target_q1,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY target) AS target_median,
       percentile_cont(0.75) WITHIN GROUP (ORDER BY target) AS target_q3,
       avg(weight) AS usual_weight,
       sum(CASE WHEN met THEN 1 ELSE 0 END) AS met
FROM current_indicator
WHERE target IS NOT NULL AND NOT execution
GROUP BY level1, level2, name, unit
HAVING count(DISTINCT concat(region, project_key)) >= 3
ORDER BY projects DESC, level1, level2, name, unit;

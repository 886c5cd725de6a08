-- What counts: of each project of a region and year what came last.
CREATE OR REPLACE TEMPORARY VIEW current_project AS
SELECT * FROM (
  SELECT p.*, v.versions,
         CASE WHEN provisional THEN concat(grade, '（暂定）') ELSE grade END AS grade_shown,
         row_number() OVER (PARTITION BY p.region, p.year, p.project_key ORDER BY p.scored_on DESC, p.entry_no DESC, p.content, p.settings) AS version_no
  FROM project p
  -- The same workbook under other settings is no other version.
  JOIN (SELECT region, year, project_key, count(DISTINCT content) AS versions FROM project GROUP BY region, year, project_key) v
    ON v.region = p.region AND v.year = p.year AND v.project_key = p.project_key
) numbered
WHERE version_no = 1;

CREATE OR REPLACE TEMPORARY VIEW current_indicator AS
SELECT i.* FROM indicator i
JOIN current_project p ON p.content = i.content AND p.settings = i.settings AND p.case_no = i.case_no AND p.region = i.region;

CREATE OR REPLACE TEMPORARY VIEW current_budget AS
SELECT b.* FROM budget b
JOIN current_project p ON p.content = b.content AND p.settings = b.settings AND p.case_no = b.case_no AND p.region = b.region;

CREATE OR REPLACE TEMPORARY VIEW current_ledger_month AS
SELECT m.* FROM ledger_month m
JOIN current_project p ON p.content = m.content AND p.settings = m.settings AND p.case_no = m.case_no AND p.region = m.region;

CREATE OR REPLACE TEMPORARY VIEW current_survey AS
SELECT s.* FROM survey s
JOIN current_project p ON p.content = s.content AND p.settings = s.settings AND p.case_no = s.case_no AND p.region = s.region;

-- What a batch found where projects lie beside each other it writes anew in every run: of two batches the later counts.
CREATE OR REPLACE TEMPORARY VIEW current_finding AS
SELECT f.* FROM finding f
JOIN current_project p ON p.content = f.content AND p.settings = f.settings AND p.case_no = f.case_no AND p.region = f.region
LEFT JOIN (
  SELECT content, settings, case_no, region, max(entry_no) AS newest
  FROM finding WHERE scope = 'batch' GROUP BY content, settings, case_no, region
) b ON b.content = f.content AND b.settings = f.settings AND b.case_no = f.case_no AND b.region = f.region
WHERE f.scope = 'case' OR f.entry_no = b.newest;

-- The roll: what is due, with its marks.
CREATE OR REPLACE TEMPORARY VIEW current_roll AS
SELECT * FROM (
  SELECT r.*, row_number() OVER (PARTITION BY region, year, project_key ORDER BY entry_no DESC, content, case_no) AS version_no
  FROM roll r
) numbered
WHERE version_no = 1;

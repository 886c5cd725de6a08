-- What counts: of each project of a region and year what came last.
CREATE OR REPLACE TEMPORARY VIEW current_project AS
SELECT * FROM (
  SELECT p.*,
         row_number() OVER (PARTITION BY region, year, project_key ORDER BY scored_on DESC, entry_no DESC, content, settings) AS version_no,
         count(*) OVER (PARTITION BY region, year, project_key) AS versions
  FROM project p
) numbered
WHERE version_no = 1;

CREATE OR REPLACE TEMPORARY VIEW current_indicator AS
SELECT i.* FROM indicator i
JOIN current_project p ON p.content = i.content AND p.settings = i.settings AND p.case_no = i.case_no AND p.region = i.region;

CREATE OR REPLACE TEMPORARY VIEW current_finding AS
SELECT f.* FROM finding f
JOIN current_project p ON p.content = f.content AND p.settings = f.settings AND p.case_no = f.case_no AND p.region = f.region;

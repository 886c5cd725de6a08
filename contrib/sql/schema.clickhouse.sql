-- The tables of `jixiao export`, version 2, for clickhouse.

CREATE TABLE project (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  unit Nullable(String),
  code Nullable(String),
  total Nullable(Decimal(38,8)),
  full_points Nullable(Decimal(38,8)),
  grade Nullable(String),
  provisional Nullable(Bool),
  grade_by Nullable(String),
  complete Nullable(Bool),
  stated_total Nullable(Decimal(38,8)),
  stated_grade Nullable(String),
  indicators Int64,
  pending Int64,
  errors Int64,
  warnings Int64,
  budget Nullable(Decimal(38,8)),
  spent Nullable(Decimal(38,8)),
  ledger Nullable(Decimal(38,8)),
  goal_chars Int64,
  goal_mark Nullable(String),
  form_mark Nullable(String),
  source String,
  scored_on Date32
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE indicator (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  indicator_no Int64,
  level1 Nullable(String),
  level2 Nullable(String),
  name String,
  weight Decimal(38,8),
  target_sign Nullable(String),
  target Nullable(Decimal(38,8)),
  unit Nullable(String),
  actual Nullable(Decimal(38,8)),
  actual_unit Nullable(String),
  rate Nullable(Decimal(38,8)),
  met Nullable(Bool),
  rule Nullable(String),
  score Nullable(Decimal(38,8)),
  deduction Nullable(Decimal(38,8)),
  stated_score Nullable(Decimal(38,8)),
  computed Nullable(Decimal(38,8)),
  state String,
  cell Nullable(String),
  execution Bool
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE finding (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  finding_key String,
  id String,
  title String,
  severity String,
  matter String,
  object String,
  reader String,
  state Nullable(String),
  cell Nullable(String),
  scope String
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE budget (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  amount_no Int64,
  kind String,
  amount Nullable(Decimal(38,8)),
  stated Decimal(38,8),
  stated_unit String,
  cell Nullable(String)
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE ledger_month (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  month String,
  spending Decimal(38,8)
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE survey (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  survey_no Int64,
  question_no Int64,
  answered Int64,
  skipped Int64,
  sent Nullable(Int64),
  returned Nullable(Int64),
  valid Nullable(Int64)
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE file (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  name String,
  files Int64,
  outcome String,
  cases Int64,
  why Nullable(String)
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

CREATE TABLE roll (
  content String,
  settings String,
  entry_no Int64,
  case_no Int64,
  region String,
  year Int64,
  agency Nullable(String),
  project Nullable(String),
  project_key String,
  unit Nullable(String),
  code Nullable(String),
  mark Nullable(String),
  came Bool,
  looked_at Nullable(Int64),
  budget Nullable(Decimal(38,8)),
  spent Nullable(Decimal(38,8))
)
ENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no);

-- Reads the tables that lie in the folder of the variable `tables` (…/parquet).
CREATE OR REPLACE VIEW project AS SELECT * FROM read_parquet(getvariable('tables') || '/project/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW indicator AS SELECT * FROM read_parquet(getvariable('tables') || '/indicator/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW finding AS SELECT * FROM read_parquet(getvariable('tables') || '/finding/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW budget AS SELECT * FROM read_parquet(getvariable('tables') || '/budget/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW ledger_month AS SELECT * FROM read_parquet(getvariable('tables') || '/ledger_month/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW survey AS SELECT * FROM read_parquet(getvariable('tables') || '/survey/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW file AS SELECT * FROM read_parquet(getvariable('tables') || '/file/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW roll AS SELECT * FROM read_parquet(getvariable('tables') || '/roll/*/*/*.parquet', hive_partitioning = false);

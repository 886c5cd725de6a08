-- Reads the tables that lie in the folder of the variable `tables` (…/parquet).
CREATE OR REPLACE VIEW project AS SELECT * FROM read_parquet(getvariable('tables') || '/project/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW indicator AS SELECT * FROM read_parquet(getvariable('tables') || '/indicator/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW finding AS SELECT * FROM read_parquet(getvariable('tables') || '/finding/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW file AS SELECT * FROM read_parquet(getvariable('tables') || '/file/*/*/*.parquet', hive_partitioning = false);

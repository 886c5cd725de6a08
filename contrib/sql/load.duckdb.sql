-- Reads the tables that lie in the folder of the variable `tables` (…/parquet).
CREATE OR REPLACE VIEW project AS SELECT * FROM read_parquet(getvariable('tables') || '/project/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW indicator AS SELECT * FROM read_parquet(getvariable('tables') || '/indicator/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW finding AS SELECT * FROM read_parquet(getvariable('tables') || '/finding/*/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW file AS SELECT * FROM read_parquet(getvariable('tables') || '/file/*/*/*.parquet', hive_partitioning = false);
-- What no table knows: projects marked on the roll (重点, 必抽), and which were looked at again in earlier years. Empty, until
-- somebody fills them.
CREATE TABLE IF NOT EXISTS marked (region VARCHAR, year BIGINT, project_key VARCHAR, mark VARCHAR);
CREATE TABLE IF NOT EXISTS sampled (region VARCHAR, year BIGINT, project_key VARCHAR);

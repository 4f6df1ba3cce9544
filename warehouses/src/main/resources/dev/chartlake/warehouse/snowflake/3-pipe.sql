-- Chartlake in Snowflake, 3 of 5: the lake's commits arrive. A pipe never loads a name twice within two weeks, and may bring one twice
-- after that: so it loads the log of commits, whose names never come again, and not the tables, whose files are replaced.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
CREATE TABLE IF NOT EXISTS chartlake_commits (manifest VARIANT, file VARCHAR);
COMMENT ON TABLE chartlake_commits IS 'Every commit of the lake as it arrived, some of them twice';
CREATE TABLE IF NOT EXISTS chartlake_failures (snapshot_date DATE, commit_name VARCHAR, failed_at TIMESTAMP_NTZ(6), message VARCHAR);
COMMENT ON TABLE chartlake_failures IS 'Why a day could not be loaded; it is tried again every hour';
CREATE STREAM IF NOT EXISTS chartlake_new_commits ON TABLE chartlake_commits APPEND_ONLY = TRUE;
CREATE STREAM IF NOT EXISTS chartlake_new_failures ON TABLE chartlake_failures APPEND_ONLY = TRUE;
CREATE PIPE IF NOT EXISTS commits_pipe AUTO_INGEST = TRUE AS COPY INTO chartlake_commits (manifest, file) FROM (SELECT $1, METADATA$FILENAME FROM @{stage}/_commits/) FILE_FORMAT = (FORMAT_NAME = 'chartlake_json');
COPY INTO chartlake_commits (manifest, file) FROM (SELECT $1, METADATA$FILENAME FROM @{stage}/_commits/) FILE_FORMAT = (FORMAT_NAME = 'chartlake_json') ON_ERROR = SKIP_FILE;

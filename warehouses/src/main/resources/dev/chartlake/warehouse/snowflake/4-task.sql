-- Chartlake in Snowflake, 4 of 5: what has arrived is loaded, a day in one transaction.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
CREATE OR REPLACE PROCEDURE load_commits() RETURNS VARCHAR LANGUAGE JAVASCRIPT EXECUTE AS CALLER AS $$
{procedure}$$;
CREATE TASK IF NOT EXISTS load_new_commits WAREHOUSE = chartlake_wh TIMEZONE = 'UTC' SUSPEND_TASK_AFTER_NUM_FAILURES = 0 WHEN SYSTEM$STREAM_HAS_DATA('CHARTLAKE_NEW_COMMITS') AS CALL load_commits();
CREATE TASK IF NOT EXISTS retry_failures WAREHOUSE = chartlake_wh SCHEDULE = '60 MINUTES' TIMEZONE = 'UTC' SUSPEND_TASK_AFTER_NUM_FAILURES = 0 WHEN SYSTEM$STREAM_HAS_DATA('CHARTLAKE_NEW_FAILURES') AS CALL load_commits();
ALTER TASK load_new_commits RESUME;
ALTER TASK retry_failures RESUME;
CALL load_commits();

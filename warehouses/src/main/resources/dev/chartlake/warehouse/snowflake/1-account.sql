-- Chartlake in Snowflake, 1 of 5: role, warehouse, database, and the right to read the lake's bucket.
-- Run it as ACCOUNTADMIN. Put your bucket, role and external id in place of YOUR-… first, or let deploy/snowflake/connect do it.
-- Every statement of these five files can run again: nothing that is there is lost.
USE ROLE ACCOUNTADMIN;
CREATE ROLE IF NOT EXISTS chartlake_loader COMMENT = 'Loads the lake';
CREATE ROLE IF NOT EXISTS chartlake_reader COMMENT = 'Asks about charts';
GRANT ROLE chartlake_reader TO ROLE chartlake_loader;
GRANT ROLE chartlake_loader TO ROLE SYSADMIN;
CREATE WAREHOUSE IF NOT EXISTS chartlake_wh WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE;
CREATE RESOURCE MONITOR IF NOT EXISTS chartlake_monitor WITH CREDIT_QUOTA = 30 FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 80 PERCENT DO NOTIFY ON 100 PERCENT DO SUSPEND;
ALTER WAREHOUSE chartlake_wh SET RESOURCE_MONITOR = chartlake_monitor;
GRANT USAGE ON WAREHOUSE chartlake_wh TO ROLE chartlake_loader;
GRANT USAGE ON WAREHOUSE chartlake_wh TO ROLE chartlake_reader;
CREATE DATABASE IF NOT EXISTS chartlake;
CREATE SCHEMA IF NOT EXISTS chartlake.public;
GRANT USAGE ON DATABASE chartlake TO ROLE chartlake_loader;
GRANT USAGE ON DATABASE chartlake TO ROLE chartlake_reader;
GRANT USAGE ON SCHEMA chartlake.public TO ROLE chartlake_reader;
GRANT USAGE, CREATE TABLE, CREATE VIEW, CREATE STAGE, CREATE FILE FORMAT, CREATE PIPE, CREATE STREAM, CREATE TASK, CREATE PROCEDURE ON SCHEMA chartlake.public TO ROLE chartlake_loader;
GRANT SELECT ON ALL TABLES IN SCHEMA chartlake.public TO ROLE chartlake_reader;
GRANT SELECT ON FUTURE TABLES IN SCHEMA chartlake.public TO ROLE chartlake_reader;
GRANT SELECT ON ALL VIEWS IN SCHEMA chartlake.public TO ROLE chartlake_reader;
GRANT SELECT ON FUTURE VIEWS IN SCHEMA chartlake.public TO ROLE chartlake_reader;
GRANT EXECUTE TASK ON ACCOUNT TO ROLE chartlake_loader;
CREATE STORAGE INTEGRATION IF NOT EXISTS chartlake_s3 TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/YOUR-ROLE' STORAGE_AWS_EXTERNAL_ID = 'YOUR-EXTERNAL-ID' STORAGE_ALLOWED_LOCATIONS = ('s3://YOUR-BUCKET/transformed_data/');
GRANT USAGE ON INTEGRATION chartlake_s3 TO ROLE chartlake_loader;

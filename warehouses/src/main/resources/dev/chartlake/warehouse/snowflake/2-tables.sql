-- Chartlake in Snowflake, 2 of 5: tables, and the stage they are loaded from.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
{tables}
CREATE FILE FORMAT IF NOT EXISTS {parquet format} {parquet};
CREATE FILE FORMAT IF NOT EXISTS {csv format} {csv};
CREATE FILE FORMAT IF NOT EXISTS chartlake_json TYPE = JSON;
CREATE STAGE IF NOT EXISTS {stage} URL = 's3://YOUR-BUCKET/transformed_data/' STORAGE_INTEGRATION = chartlake_s3;

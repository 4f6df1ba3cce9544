-- Chartlake in Snowflake, 5 of 5: views of newest values and of history, as ./chartlake query has them.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
{views}

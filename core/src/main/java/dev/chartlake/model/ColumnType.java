package dev.chartlake.model;

/** The types a column can have. Every other schema (Parquet, CSV, SQL, Glue, Spark) is derived from these. */
public enum ColumnType {
    /** UTF-8 text. */
    TEXT,
    /** Signed 32-bit integer. */
    INTEGER,
    /** Signed 64-bit integer. */
    BIGINT,
    /** True or false. */
    BOOLEAN,
    /** A calendar date, stored as days since 1970-01-01. */
    DATE,
    /** A moment in UTC without zone, stored as microseconds since 1970-01-01T00:00:00Z. */
    TIMESTAMP
}

/**
 * SQL over a lake: {@link dev.chartlake.duckdb.DuckDbLake} runs read-only queries with DuckDB. DuckDB's own types do not
 * leave this package.
 */
@NullMarked
package dev.chartlake.duckdb;

import org.jspecify.annotations.NullMarked;

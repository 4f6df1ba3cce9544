/**
 * SQL over a lake: {@link dev.chartlake.sql.DuckDbLake} runs read-only queries, {@link dev.chartlake.sql.ResultFormat}
 * prints what they return. DuckDB's own types do not leave this package.
 */
@NullMarked
package dev.chartlake.sql;

import org.jspecify.annotations.NullMarked;

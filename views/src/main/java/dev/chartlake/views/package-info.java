/** The SQL of the views as text, in what DuckDB, Trino and Snowflake have in common. Knows no engine. */
@NullMarked
package dev.chartlake.views;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.duckdb;

import org.jspecify.annotations.NullMarked;

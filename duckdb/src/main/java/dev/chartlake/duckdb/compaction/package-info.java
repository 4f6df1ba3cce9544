/** Copies of closed months and years, which make queries over a long history fast. */
@NullMarked
package dev.chartlake.duckdb.compaction;

import org.jspecify.annotations.NullMarked;

/** The rows of a table in memory, and their order. */
@NullMarked
package dev.chartlake.rows;

import org.jspecify.annotations.NullMarked;

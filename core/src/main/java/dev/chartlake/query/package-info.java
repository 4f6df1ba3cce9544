/** Queries over a lake: the port that engines implement, and what their results are made of. */
@NullMarked
package dev.chartlake.query;

import org.jspecify.annotations.NullMarked;

/** Reads chart files, as CSV and JSON. */
@NullMarked
package dev.chartlake.normalise.charts;

import org.jspecify.annotations.NullMarked;

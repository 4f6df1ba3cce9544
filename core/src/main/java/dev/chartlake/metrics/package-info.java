/** What is measured of runs, by the same names wherever they run. */
@NullMarked
package dev.chartlake.metrics;

import org.jspecify.annotations.NullMarked;

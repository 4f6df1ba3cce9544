/**
 * The transform as a Spark job. Spark decides which machine computes which part of which day; how a day is computed, checked
 * and committed is core's.
 */
@NullMarked
package dev.chartlake.spark;

import org.jspecify.annotations.NullMarked;

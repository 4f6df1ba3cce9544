/**
 * Ready-made reports over the views of history: {@link dev.chartlake.report.Reports} finds the list and the date that
 * a request means, and runs the {@code .sql} file of its name.
 */
@NullMarked
package dev.chartlake.report;

import org.jspecify.annotations.NullMarked;

/**
 * Ready-made reports over the views of history: {@link dev.chartlake.sql.report.Reports} finds the list and the date that
 * a request means, and runs the SQL in {@code reports/}.
 */
@NullMarked
package dev.chartlake.sql.report;

import org.jspecify.annotations.NullMarked;

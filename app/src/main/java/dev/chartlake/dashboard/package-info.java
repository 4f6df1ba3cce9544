/** The page that shows the chart and what moved, its server, and its export as a static site. */
@NullMarked
package dev.chartlake.dashboard;

import org.jspecify.annotations.NullMarked;

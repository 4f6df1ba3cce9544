/** The dashboard as files that open without a server. */
@NullMarked
package dev.chartlake.dashboard.export;

import org.jspecify.annotations.NullMarked;

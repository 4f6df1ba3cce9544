/** What a command prints, and where. */
@NullMarked
package dev.chartlake.app.print;

import org.jspecify.annotations.NullMarked;

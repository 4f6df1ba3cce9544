/** Rows to the bytes of one file, in one of the formats that tables have. */
@NullMarked
package dev.chartlake.format;

import org.jspecify.annotations.NullMarked;

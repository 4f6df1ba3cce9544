/** Rows to a committed day: its files and its manifest, all of it or nothing. */
@NullMarked
package dev.chartlake.publish;

import org.jspecify.annotations.NullMarked;

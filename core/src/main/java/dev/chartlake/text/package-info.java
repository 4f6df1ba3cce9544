/** Texts as numbers, each kept once, and texts of others made safe to print. */
@NullMarked
package dev.chartlake.text;

import org.jspecify.annotations.NullMarked;

/** Reads account exports, and plays wherever they come from. */
@NullMarked
package dev.chartlake.normalise.account;

import org.jspecify.annotations.NullMarked;

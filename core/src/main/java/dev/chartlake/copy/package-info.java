/** A lake elsewhere, kept as a copy on this machine. */
@NullMarked
package dev.chartlake.copy;

import org.jspecify.annotations.NullMarked;

/** Removes raw objects from a lake, with everything that was made of them. */
@NullMarked
package dev.chartlake.purge;

import org.jspecify.annotations.NullMarked;

/** Days side by side: computed by as many workers as there are processors and memory for, and committed while the next ones are computed. */
@NullMarked
package dev.chartlake.transform;

import org.jspecify.annotations.NullMarked;

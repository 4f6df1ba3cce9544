/** How tests of all modules take random input, how deep they go, and how long they wait. */
@NullMarked
package dev.chartlake.trials;

import org.jspecify.annotations.NullMarked;

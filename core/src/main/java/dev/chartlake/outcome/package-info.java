/** How a command ends: its exit code, and what it says of an error. */
@NullMarked
package dev.chartlake.outcome;

import org.jspecify.annotations.NullMarked;

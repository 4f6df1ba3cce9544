/** How a command ends: its exit code, and what it says of an error. */
@NullMarked
package dev.chartlake.app.outcome;

import org.jspecify.annotations.NullMarked;

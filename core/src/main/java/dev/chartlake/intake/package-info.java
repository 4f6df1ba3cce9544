/** Brings files that others made into raw: what kind they are is in their content, which list and when in their names. */
@NullMarked
package dev.chartlake.intake;

import org.jspecify.annotations.NullMarked;

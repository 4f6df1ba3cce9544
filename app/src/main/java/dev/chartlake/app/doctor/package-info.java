/** Checks of all that a snapshot needs, each with its cure. */
@NullMarked
package dev.chartlake.app.doctor;

import org.jspecify.annotations.NullMarked;

/** The lake that a command works on: a folder, or a copy of one elsewhere. */
@NullMarked
package dev.chartlake.app.lake;

import org.jspecify.annotations.NullMarked;

/** The files to import: found below folders, and unpacked within bounds. */
@NullMarked
package dev.chartlake.intake.files;

import org.jspecify.annotations.NullMarked;

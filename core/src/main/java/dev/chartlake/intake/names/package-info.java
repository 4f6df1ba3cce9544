/** What the names of files and folders say: which list, and when. */
@NullMarked
package dev.chartlake.intake.names;

import org.jspecify.annotations.NullMarked;

/** The raw objects of one day to the rows of its tables, in bounded memory. */
@NullMarked
package dev.chartlake.day;

import org.jspecify.annotations.NullMarked;

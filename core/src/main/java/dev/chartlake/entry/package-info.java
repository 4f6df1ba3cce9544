/** What a raw object says: a snapshot of a list, its entries, and the songs in them. */
@NullMarked
package dev.chartlake.entry;

import org.jspecify.annotations.NullMarked;

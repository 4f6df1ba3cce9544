/** A SQLite database as a warehouse: one file that programs everywhere can read. */
@NullMarked
package dev.chartlake.warehouse.sqlite;

import org.jspecify.annotations.NullMarked;

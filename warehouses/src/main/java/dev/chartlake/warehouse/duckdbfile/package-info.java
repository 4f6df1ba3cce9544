/** A DuckDB database in one file as a warehouse: to hand around, and to open with any program that knows DuckDB. */
@NullMarked
package dev.chartlake.warehouse.duckdbfile;

import org.jspecify.annotations.NullMarked;

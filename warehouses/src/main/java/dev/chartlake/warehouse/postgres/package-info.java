/** Postgres as a warehouse. The driver's types do not leave this package. */
@NullMarked
package dev.chartlake.warehouse.postgres;

import org.jspecify.annotations.NullMarked;

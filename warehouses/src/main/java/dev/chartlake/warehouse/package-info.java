/**
 * Databases that hold a lake's tables and views. {@link dev.chartlake.warehouse.SqlWarehouse} is the same for all of them;
 * what differs is a {@link dev.chartlake.warehouse.Database}.
 */
@NullMarked
package dev.chartlake.warehouse;

import org.jspecify.annotations.NullMarked;

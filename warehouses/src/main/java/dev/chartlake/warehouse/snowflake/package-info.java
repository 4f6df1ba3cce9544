/** Snowflake as a warehouse: loaded directly, or by itself from a lake on S3. Its driver is not on the class path. */
@NullMarked
package dev.chartlake.warehouse.snowflake;

import org.jspecify.annotations.NullMarked;

/** The tables and views of a lake in the Glue Data Catalog. */
@NullMarked
package dev.chartlake.aws.glue;

import org.jspecify.annotations.NullMarked;

/** Results of queries as text: aligned columns, CSV, JSON. */
@NullMarked
package dev.chartlake.print;

import org.jspecify.annotations.NullMarked;

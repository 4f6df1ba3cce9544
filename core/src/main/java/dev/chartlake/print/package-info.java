/** Text for people: results of queries as aligned columns, CSV and JSON; numbers in sentences; progress. */
@NullMarked
package dev.chartlake.print;

import org.jspecify.annotations.NullMarked;

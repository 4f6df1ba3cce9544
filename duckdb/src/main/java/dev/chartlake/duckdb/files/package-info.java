/** Which files hold the rows of a lake, compared with what was committed. */
@NullMarked
package dev.chartlake.duckdb.files;

import org.jspecify.annotations.NullMarked;

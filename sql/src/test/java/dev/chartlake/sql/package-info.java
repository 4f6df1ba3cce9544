@NullMarked
package dev.chartlake.sql;

import org.jspecify.annotations.NullMarked;

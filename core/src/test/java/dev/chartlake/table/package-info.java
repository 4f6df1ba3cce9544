@NullMarked
package dev.chartlake.table;

import org.jspecify.annotations.NullMarked;

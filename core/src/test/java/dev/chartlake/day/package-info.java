@NullMarked
package dev.chartlake.day;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.raw;

import org.jspecify.annotations.NullMarked;

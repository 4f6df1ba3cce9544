@NullMarked
package dev.chartlake.extract;

import org.jspecify.annotations.NullMarked;

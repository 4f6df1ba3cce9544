@NullMarked
package dev.chartlake.load;

import org.jspecify.annotations.NullMarked;

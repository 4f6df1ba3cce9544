@NullMarked
package dev.chartlake.quality;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.normalise;

import org.jspecify.annotations.NullMarked;

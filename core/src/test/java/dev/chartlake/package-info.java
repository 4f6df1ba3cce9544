@NullMarked
package dev.chartlake;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.transform;

import org.jspecify.annotations.NullMarked;

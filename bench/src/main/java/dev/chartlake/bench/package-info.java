@NullMarked
package dev.chartlake.bench;

import org.jspecify.annotations.NullMarked;

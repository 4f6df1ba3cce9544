@NullMarked
package dev.chartlake.app;

import org.jspecify.annotations.NullMarked;

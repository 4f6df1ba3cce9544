@NullMarked
package dev.chartlake.dashboard;

import org.jspecify.annotations.NullMarked;

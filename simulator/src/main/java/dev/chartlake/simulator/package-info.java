@NullMarked
package dev.chartlake.simulator;

import org.jspecify.annotations.NullMarked;

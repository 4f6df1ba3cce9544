@NullMarked
package dev.chartlake.intake;

import org.jspecify.annotations.NullMarked;

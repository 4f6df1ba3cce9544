@NullMarked
package dev.chartlake.testkit;

import org.jspecify.annotations.NullMarked;

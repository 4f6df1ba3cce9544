@NullMarked
package dev.chartlake.store;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.lists;

import org.jspecify.annotations.NullMarked;

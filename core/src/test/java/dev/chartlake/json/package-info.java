@NullMarked
package dev.chartlake.json;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.site;

import org.jspecify.annotations.NullMarked;

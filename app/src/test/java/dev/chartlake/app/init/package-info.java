@NullMarked
package dev.chartlake.app.init;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.aws;

import org.jspecify.annotations.NullMarked;

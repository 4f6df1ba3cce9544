@NullMarked
package dev.chartlake.aws.glue;

import org.jspecify.annotations.NullMarked;

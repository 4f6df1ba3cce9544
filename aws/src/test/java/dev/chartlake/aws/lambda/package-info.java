@NullMarked
package dev.chartlake.aws.lambda;

import org.jspecify.annotations.NullMarked;

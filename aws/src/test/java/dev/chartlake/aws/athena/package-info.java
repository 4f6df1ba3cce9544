@NullMarked
package dev.chartlake.aws.athena;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.aws.s3;

import org.jspecify.annotations.NullMarked;

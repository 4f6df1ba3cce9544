@NullMarked
package dev.chartlake.aws.deploy;

import org.jspecify.annotations.NullMarked;

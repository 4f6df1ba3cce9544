/** Raw object to entries: a pure function of its bytes and its key, the same on a laptop, in a Lambda and in Spark. */
@NullMarked
package dev.chartlake.normalise;

import org.jspecify.annotations.NullMarked;

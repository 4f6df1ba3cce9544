/** Takes snapshots of many lists from a source, and lets none of them stop the others. */
@NullMarked
package dev.chartlake.extract;

import org.jspecify.annotations.NullMarked;

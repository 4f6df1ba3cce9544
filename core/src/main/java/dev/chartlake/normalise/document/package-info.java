/** Finds the answers in a file, in whatever shape and encoding it was saved. */
@NullMarked
package dev.chartlake.normalise.document;

import org.jspecify.annotations.NullMarked;

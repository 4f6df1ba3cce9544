/** The command that removes raw objects from a lake, with everything that was made of them. */
@NullMarked
package dev.chartlake.app.purge;

import org.jspecify.annotations.NullMarked;

/** A first configuration file, from questions or options. */
@NullMarked
package dev.chartlake.app.init;

import org.jspecify.annotations.NullMarked;

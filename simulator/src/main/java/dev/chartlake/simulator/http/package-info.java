/** An HTTP server that answers as it is told, broken answers included. */
@NullMarked
package dev.chartlake.simulator.http;

import org.jspecify.annotations.NullMarked;

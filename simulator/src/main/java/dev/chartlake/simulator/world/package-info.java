/** Invented songs, artists and albums, and what lists hold on a day. */
@NullMarked
package dev.chartlake.simulator.world;

import org.jspecify.annotations.NullMarked;

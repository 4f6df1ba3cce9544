/** A file of playlists, each to be asked for once. */
@NullMarked
package dev.chartlake.trigger;

import org.jspecify.annotations.NullMarked;

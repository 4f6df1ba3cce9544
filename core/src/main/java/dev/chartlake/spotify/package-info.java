/** Snapshots of lists from the Spotify Web API. */
@NullMarked
package dev.chartlake.spotify;

import org.jspecify.annotations.NullMarked;

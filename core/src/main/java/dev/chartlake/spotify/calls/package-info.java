/** One call of Spotify's servers: whom to ask and as whom, what its failures mean, and when to try again. */
@NullMarked
package dev.chartlake.spotify.calls;

import org.jspecify.annotations.NullMarked;

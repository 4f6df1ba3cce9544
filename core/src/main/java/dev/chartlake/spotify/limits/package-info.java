/** What Spotify allows an app and its developer account, and what of that is used up. */
@NullMarked
package dev.chartlake.spotify.limits;

import org.jspecify.annotations.NullMarked;

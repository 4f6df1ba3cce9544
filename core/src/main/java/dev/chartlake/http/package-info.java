/** One request and its whole answer, directly or through a proxy. Knows nothing of Spotify. */
@NullMarked
package dev.chartlake.http;

import org.jspecify.annotations.NullMarked;

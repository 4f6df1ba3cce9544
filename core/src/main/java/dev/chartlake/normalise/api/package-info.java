/** Reads answers of the Spotify Web API: lists, rows, songs, credits. */
@NullMarked
package dev.chartlake.normalise.api;

import org.jspecify.annotations.NullMarked;

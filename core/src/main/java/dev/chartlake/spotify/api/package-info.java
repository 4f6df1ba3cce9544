/** The Web API: its dialects, and a list read page by page from its first row to its last. */
@NullMarked
package dev.chartlake.spotify.api;

import org.jspecify.annotations.NullMarked;

/** What lists are called, beside what their snapshots say: markets, Spotify's own charts, and names of the user's own. */
@NullMarked
package dev.chartlake.lists;

import org.jspecify.annotations.NullMarked;

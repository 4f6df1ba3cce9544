/** What is known of a lake: what commits a day, what its manifests say, and whether its files are still those that were committed. */
@NullMarked
package dev.chartlake.lake;

import org.jspecify.annotations.NullMarked;

/** Renders the repository's Markdown pages as a static site with search, and finds dead links. */
@NullMarked
package dev.chartlake.site;

import org.jspecify.annotations.NullMarked;

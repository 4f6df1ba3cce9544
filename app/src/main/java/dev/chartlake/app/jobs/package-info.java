/** What commands do: a job each, whatever command asks for it. */
@NullMarked
package dev.chartlake.app.jobs;

import org.jspecify.annotations.NullMarked;

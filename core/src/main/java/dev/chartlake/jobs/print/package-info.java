/** What jobs did, in words: the same ones for each program that runs them. */
@NullMarked
package dev.chartlake.jobs.print;

import org.jspecify.annotations.NullMarked;

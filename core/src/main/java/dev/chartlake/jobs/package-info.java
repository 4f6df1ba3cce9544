/**
 * What a command, a function or a server asks for: one class for each step. Stores, sources, clocks, metrics and whoever
 * is told are given to them; a job prints nothing and reads no settings.
 */
@NullMarked
package dev.chartlake.jobs;

import org.jspecify.annotations.NullMarked;

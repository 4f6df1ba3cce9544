/** Answers of the Web API in its dialects. */
@NullMarked
package dev.chartlake.simulator.answer;

import org.jspecify.annotations.NullMarked;

/** What is expected of a day's data, and what was found instead: contracts, findings, usual volumes, known fields. */
@NullMarked
package dev.chartlake.quality;

import org.jspecify.annotations.NullMarked;

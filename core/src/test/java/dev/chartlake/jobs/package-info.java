@NullMarked
package dev.chartlake.jobs;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.model;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.chartlake.app.doctor;

import org.jspecify.annotations.NullMarked;

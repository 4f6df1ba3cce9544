/** What the environment and the configuration file say. */
@NullMarked
package dev.chartlake.app.settings;

import org.jspecify.annotations.NullMarked;

/** Commands that sign a user in and out. */
@NullMarked
package dev.chartlake.app.login;

import org.jspecify.annotations.NullMarked;

/** Which app or user a command signs in as. */
@NullMarked
package dev.chartlake.app.account;

import org.jspecify.annotations.NullMarked;

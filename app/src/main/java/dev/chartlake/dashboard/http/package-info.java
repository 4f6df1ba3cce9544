/** A small HTTP/1.1 server in which a slow client costs memory and never a thread. */
@NullMarked
package dev.chartlake.dashboard.http;

import org.jspecify.annotations.NullMarked;

/**
 * A Spotify to develop, demo and test against: the accounts service and the part of the Web API that playlists need, on
 * loopback, over a generated world or recorded files. Start at {@link dev.chartlake.simulator.Simulator}.
 *
 * <p>The way of a request: {@code HttpServer} reads it, {@code Faults} may spoil it, {@code Accounts} or {@code WebApi}
 * answers it from {@code World} or {@code Recordings}. Nothing in here is copied from Spotify.
 */
@NullMarked
package dev.chartlake.simulator;

import org.jspecify.annotations.NullMarked;

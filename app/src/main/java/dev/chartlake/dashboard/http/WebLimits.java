package dev.chartlake.dashboard.http;

import java.time.Duration;

/**
 * What a client may cost.
 *
 * @param request in which a whole request has to arrive, from its first byte on
 * @param idle how long a connection may wait for a request
 * @param stalled how long a client may take none of its answer
 * @param answer in which an answer has to be taken as a whole
 * @param connections how many may be open; for another one the one that has been slow for longest is closed
 * @param head the longest request line and headers, in bytes
 * @param body the longest body, in bytes
 */
public record WebLimits(
        Duration request, Duration idle, Duration stalled, Duration answer, int connections, int head, int body) {

    /** For people with browsers, over slow lines too. */
    public static final WebLimits USUAL = new WebLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            256,
            32 << 10,
            100_000);
}

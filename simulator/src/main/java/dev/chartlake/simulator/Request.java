package dev.chartlake.simulator;

/**
 * A request the simulator received, as {@link Simulator#requests()} lists it.
 *
 * @param method such as {@code GET}
 * @param path percent-encoded, such as {@code /v1/playlists/4ChartLakeGlobalTop50A}
 * @param query percent-encoded, without the question mark; "" when there is none
 */
public record Request(String method, String path, String query) {

    /** As a request line, such as {@code GET /v1/playlists/ID/tracks?offset=100}. */
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}

package dev.chartlake.testkit;

import java.util.List;

/** Which fields hold the song of a row and the page of a playlist. */
public enum Dialect {
    /** {@code track} and {@code tracks}. */
    LEGACY(List.of("track")),
    /** Both, with the same content. */
    TRANSITION(List.of("track", "item")),
    /** {@code item} and {@code items}. */
    Y2026(List.of("item"));

    private final List<String> fields;

    Dialect(List<String> fields) {
        this.fields = fields;
    }

    /** The fields of a row that hold its song; a playlist's pages are in the plural of them. */
    List<String> fields() {
        return fields;
    }
}

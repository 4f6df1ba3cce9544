package dev.chartlake.extract;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Keeps bodies that cannot be read, and why, for whoever has to find out. */
final class Quarantined {

    private static final JsonFactory JSON = new JsonFactory();

    private Quarantined() {}

    /** Writes the body in quarantine, at {@code wanted} or the next free second, and returns its key in the lake. */
    static String keep(ObjectStore store, RawKey wanted, UnreadableException e) throws IOException {
        RawKey key = wanted;
        while (store.find(key.in(RawState.QUARANTINE)).isPresent()) {
            key = new RawKey(key.source(), key.list(), key.observedAt().plusSeconds(1), key.extension());
        }
        String file = key.in(RawState.QUARANTINE);
        store.put(file, e.answer().body());
        store.put(file.replaceAll("\\.json$", ".error.json"), record(file, e));
        return file;
    }

    private static byte[] record(String file, UnreadableException e) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("file", file);
            json.writeStringProperty("reason", e.reason());
            if (e.offset() >= 0) {
                json.writeNumberProperty("offset", e.offset());
            } else {
                json.writeNullProperty("offset");
            }
            json.writeStringProperty("cure", Cures.AGAIN);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}

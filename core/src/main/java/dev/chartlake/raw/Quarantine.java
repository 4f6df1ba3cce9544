package dev.chartlake.raw;

import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Says why an object is in quarantine, in a file beside it. */
public final class Quarantine {

    private static final String SUFFIX = ".error.json";
    private static final JsonFactory JSON = new JsonFactory();

    private Quarantine() {}

    /**
     * Why an object is unreadable.
     *
     * @param file where the object came from, as its owner knows it
     * @param reason what is wrong
     * @param offset where, in bytes from the start, or -1 if there is no one place
     * @param cure what to do about it
     */
    public record Reason(String file, String reason, long offset, String cure) {

        /** In one line, for people. */
        public String text() {
            return reason + (offset < 0 ? "" : " (at byte " + offset + ")");
        }
    }

    /** The key of the file that explains the object at {@code key}. */
    public static String explanation(String key) {
        return key + SUFFIX;
    }

    /** True for the keys of explanations. */
    public static boolean isExplanation(String key) {
        return key.endsWith(SUFFIX);
    }

    /** Writes the explanation of the object that is or will be at {@code key}. */
    public static void explain(ObjectStore store, String key, Reason reason) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("file", reason.file());
            json.writeStringProperty("reason", reason.reason());
            if (reason.offset() >= 0) {
                json.writeNumberProperty("offset", reason.offset());
            } else {
                json.writeNullProperty("offset");
            }
            json.writeStringProperty("cure", reason.cure());
            json.writeEndObject();
            json.writeRaw("\n");
        }
        store.put(explanation(key), out.toByteArray());
    }

    /** Reads the explanation of the object at {@code key}; empty if there is none. */
    public static Optional<Reason> reason(ObjectStore store, String key) throws IOException {
        Optional<ObjectStore.Versioned> file = store.read(explanation(key));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String[] texts = {"", "", ""};
        long offset = -1;
        try (JsonParser json =
                JSON.createParser(ObjectReadContext.empty(), file.get().bytes())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "file" -> texts[0] = json.getString();
                    case "reason" -> texts[1] = json.getString();
                    case "cure" -> texts[2] = json.getString();
                    case "offset" -> offset = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
                    default -> json.skipChildren();
                }
            }
        }
        return Optional.of(new Reason(texts[0], texts[1], offset, texts[2]));
    }
}

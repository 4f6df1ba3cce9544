package dev.chartlake.extract;

import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Remembers across runs that Spotify wants to be left alone: asking earlier only makes the wait longer.
 *
 * @param notBefore when to come back
 * @param reason what Spotify answered
 */
public record Cooldown(Instant notBefore, String reason) {

    /** Where it is in the lake. */
    public static final String KEY = "_chartlake/cooldown.json";

    private static final JsonFactory JSON = new JsonFactory();

    /** The cooldown that is in force at {@code now}. One that cannot be read is none: Spotify will say so again. */
    public static Optional<Cooldown> active(ObjectStore store, Instant now) throws IOException {
        return store.read(KEY).flatMap(stored -> parse(stored.bytes())).filter(c -> now.isBefore(c.notBefore));
    }

    /** Ends any cooldown. */
    public static void end(ObjectStore store) throws IOException {
        store.delete(KEY);
    }

    /** Stores this cooldown. */
    public void begin(ObjectStore store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("not_before", notBefore.toString());
            json.writeStringProperty("reason", reason);
            json.writeEndObject();
        }
        store.put(KEY, out.toByteArray());
    }

    /** What ends a run that keeps this cooldown. */
    public CooldownException exception() {
        return new CooldownException(notBefore, reason);
    }

    private static Optional<Cooldown> parse(byte[] bytes) {
        @Nullable Instant notBefore = null;
        String reason = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING && "not_before".equals(json.currentName())) {
                    notBefore = Instant.parse(json.getString());
                } else if (at == JsonToken.VALUE_STRING && "reason".equals(json.currentName())) {
                    reason = json.getString();
                }
            }
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
        return notBefore == null ? Optional.empty() : Optional.of(new Cooldown(notBefore, reason));
    }
}

package dev.chartlake.spotify.limits;

import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.RateLimitException.Whose;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Remembers across runs that Spotify wants to be left alone: asking earlier only makes the wait longer. A limit of the app
 * is kept for the app, and a quota for its developer account, so another app of the same account does not ask either.
 *
 * @param notBefore when to come back
 * @param reason what Spotify answered
 */
public record Cooldown(Instant notBefore, String reason) {

    static final String NAME = "cooldown.json";
    private static final JsonFactory JSON = new JsonFactory();

    /** The cooldown that is in force at {@code now}. One that cannot be read is none: Spotify will say so again. */
    public static Optional<Cooldown> active(AppFolder folder, Instant now) throws IOException {
        Optional<Cooldown> app = read(folder.store(), folder.app() + NAME);
        Optional<Cooldown> developer = read(folder.store(), folder.developer() + NAME);
        return longest(Stream.of(app, developer).flatMap(Optional::stream), now);
    }

    static Optional<Cooldown> longest(Stream<Cooldown> all, Instant now) {
        return all.filter(cooldown -> now.isBefore(cooldown.notBefore)).max(Comparator.comparing(Cooldown::notBefore));
    }

    /** Ends any cooldown. */
    public static void end(AppFolder folder) throws IOException {
        folder.store().delete(folder.app() + NAME);
        folder.store().delete(folder.developer() + NAME);
    }

    /** Stores what ended a run. */
    public static void begin(AppFolder folder, RateLimitException limited) throws IOException {
        String key = (limited.whose() == Whose.DEVELOPER ? folder.developer() : folder.app()) + NAME;
        folder.store().put(key, new Cooldown(limited.notBefore(), limited.reason()).json());
    }

    private byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("not_before", notBefore.toString());
            json.writeStringProperty("reason", reason);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What ends a run that keeps this cooldown. */
    public CooldownException exception() {
        return new CooldownException(notBefore, reason);
    }

    static Optional<Cooldown> read(ObjectStore store, String key) throws IOException {
        return store.read(key).flatMap(stored -> parse(stored.bytes()));
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

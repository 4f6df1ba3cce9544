package dev.chartlake.load;

import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Which days, in which state, are in a warehouse. It only saves work: without it, every day is loaded again and the
 * warehouse is as before.
 */
final class LoadCursor {

    /** Where the cursors are in a lake, with a trailing slash. */
    static final String ROOT = "_chartlake/loads/";

    /** Younger manifests may be replaced without a change of their time, which some stores give in seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final JsonFactory JSON = new JsonFactory();

    private final ObjectStore store;
    private final String key;
    private final String target;
    private final TreeMap<LocalDate, Loaded> days = new TreeMap<>();
    private String before = "";
    private boolean changed;

    /** {@code size} and {@code modified} are those of a manifest that is {@code crc32c}; without time it must be read. */
    private record Loaded(long size, @Nullable Instant modified, String crc32c) {}

    private LoadCursor(ObjectStore store, String key, String target) {
        this.store = store;
        this.key = key;
        this.target = target;
    }

    /** The cursor of a warehouse whose tables are {@code target}; one of other tables, or that cannot be read, is none. */
    static LoadCursor read(ObjectStore store, String warehouse, String target) throws IOException {
        LoadCursor cursor = new LoadCursor(store, ROOT + warehouse + ".json", target);
        cursor.parse(
                store.read(cursor.key).map(ObjectStore.Versioned::bytes).orElse("{}".getBytes(StandardCharsets.UTF_8)));
        return cursor;
    }

    /** The cursor of a warehouse's last load, whatever its tables were. */
    static LoadCursor ofLastTarget(ObjectStore store, String warehouse) throws IOException {
        return read(store, warehouse, read(store, warehouse, "").before);
    }

    /** The tables of the last load, if they were not {@code target}. */
    Optional<String> otherTarget() {
        return before.isEmpty() ? Optional.empty() : Optional.of(before);
    }

    /** True if the manifest in a listing is surely the one that was loaded. */
    boolean has(LocalDate date, ObjectInfo manifest) {
        Loaded loaded = days.get(date);
        return loaded != null
                && loaded.size == manifest.size()
                && manifest.modifiedAt().equals(loaded.modified);
    }

    /** The version of a day that was loaded; empty if none was. */
    String version(LocalDate date) {
        Loaded loaded = days.get(date);
        return loaded == null ? "" : loaded.crc32c;
    }

    /** True if this state of the day was loaded. */
    boolean has(LoadDay day) {
        Loaded loaded = days.get(day.date());
        return loaded != null && loaded.crc32c.equals(day.version());
    }

    /** Notes that a day is loaded. {@code listed} is its manifest in a listing of {@code now} or later. */
    void loaded(LoadDay day, ObjectInfo listed, Instant now) {
        boolean settled = listed.modifiedAt().isBefore(now.minus(SETTLED));
        Loaded loaded = new Loaded(listed.size(), settled ? listed.modifiedAt() : null, day.version());
        changed |= !loaded.equals(days.put(day.date(), loaded));
    }

    /** The days that are in the warehouse and not among those that exist. */
    List<LocalDate> without(Collection<LocalDate> existing) {
        return days.keySet().stream().filter(day -> !existing.contains(day)).toList();
    }

    /** Forgets a day that is no more in the lake, so that it is loaded if it comes back. */
    void forget(LocalDate day) {
        changed |= days.remove(day) != null;
    }

    /** Stores it, if there is anything new. */
    void save() throws IOException {
        if (!changed) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeRaw("\n");
            json.writeStringProperty("target", target);
            for (Map.Entry<LocalDate, Loaded> day : days.entrySet()) {
                Loaded loaded = day.getValue();
                json.writeRaw("\n");
                json.writeObjectPropertyStart(day.getKey().toString());
                json.writeNumberProperty("size", loaded.size);
                if (loaded.modified != null) {
                    json.writeStringProperty("modified", loaded.modified.toString());
                }
                json.writeStringProperty("crc32c", loaded.crc32c);
                json.writeEndObject();
            }
            json.writeRaw("\n");
            json.writeEndObject();
            json.writeRaw("\n");
        }
        store.put(key, out.toByteArray());
        changed = false;
    }

    private void parse(byte[] bytes) {
        String stored = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    days.put(LocalDate.parse(name), day(json));
                } else {
                    stored = json.getString();
                }
            }
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            days.clear();
        }
        if (!stored.equals(target)) {
            before = stored;
            days.clear();
        }
    }

    private static Loaded day(JsonParser json) {
        long size = -1;
        @Nullable Instant modified = null;
        String crc32c = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (Objects.toString(name)) {
                case "size" -> size = Long.parseLong(json.getString());
                case "modified" -> modified = Instant.parse(json.getString());
                case "crc32c" -> crc32c = json.getString();
                default -> json.skipChildren();
            }
        }
        return new Loaded(size, modified, crc32c);
    }
}

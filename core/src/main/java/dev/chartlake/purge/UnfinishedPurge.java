package dev.chartlake.purge;

import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A purge that has begun, kept in the lake until it is done. When only raw objects of a list are left, the lake no longer
 * knows the list's name, so the next purge could not tell what the killed one was to remove.
 *
 * @param selection what it removes
 * @param named the ids of the lists that were asked for, by what the user called them
 */
public record UnfinishedPurge(PurgeSelection selection, Map<String, String> named) {

    private static final String KEY = "_chartlake/purge.json";
    private static final JsonFactory JSON = new JsonFactory();

    /** The purge that was interrupted, if one was. */
    public static Optional<UnfinishedPurge> read(ObjectStore store) throws IOException {
        Optional<ObjectStore.Versioned> stored = store.read(KEY);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser json =
                JSON.createParser(ObjectReadContext.empty(), stored.get().bytes())) {
            return Optional.of(parse(json));
        } catch (JacksonException | DateTimeException e) {
            throw new IOException(
                    KEY + " in the lake cannot be read: it says what an interrupted purge was to remove."
                            + " Delete it, and run that purge again.",
                    e);
        }
    }

    /** Notes that it has begun. */
    public void begin(ObjectStore store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("rules");
            for (PurgeSelection.Rule rule : selection.rules()) {
                json.writeStartObject();
                write(json, "sources", rule.sources());
                write(json, "lists", rule.lists());
                if (rule.before() != null) {
                    json.writeStringProperty("before", rule.before().toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("named");
            for (Map.Entry<String, String> list : new TreeMap<>(named).entrySet()) {
                json.writeStringProperty(list.getKey(), list.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw("\n");
        }
        store.put(KEY, out.toByteArray());
    }

    /** Notes that it is done. */
    public static void end(ObjectStore store) throws IOException {
        store.delete(KEY);
    }

    private static void write(JsonGenerator json, String name, Set<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.stream().sorted().forEach(json::writeString);
        json.writeEndArray();
    }

    private static UnfinishedPurge parse(JsonParser json) {
        List<PurgeSelection.Rule> rules = new ArrayList<>();
        Map<String, String> named = new TreeMap<>();
        json.nextToken();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isRules = json.currentName().equals("rules");
            json.nextToken();
            if (isRules) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    rules.add(rule(json));
                }
            } else {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String text = json.currentName();
                    json.nextToken();
                    named.put(text, json.getString());
                }
            }
        }
        return new UnfinishedPurge(new PurgeSelection(List.copyOf(rules)), named);
    }

    private static PurgeSelection.Rule rule(JsonParser json) {
        Set<String> sources = new TreeSet<>();
        Set<String> lists = new TreeSet<>();
        @Nullable LocalDate before = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    (name.equals("sources") ? sources : lists).add(json.getString());
                }
            } else {
                before = LocalDate.parse(json.getString());
            }
        }
        return new PurgeSelection.Rule(sources, lists, before);
    }
}

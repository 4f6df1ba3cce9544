package dev.chartlake.simulator.answer;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The {@code fields} parameter: names separated by commas, dots or parentheses for what is inside, an exclamation mark
 * for what to leave out, as in {@code items(added_at,track(name,album(!images))),tracks.next}. Arrays are transparent.
 * Source: Spotify's reference of "Get Playlist Items".
 */
public final class FieldFilter {

    private static final JsonFactory JSON = new JsonFactory();

    /** What to keep of each named property; null keeps all of it. */
    private final Map<String, @Nullable FieldFilter> kept = new LinkedHashMap<>();

    private final Set<String> excluded = new HashSet<>();

    private FieldFilter() {}

    /** Parses the parameter. Throws {@link IllegalArgumentException} if its parentheses or names are incomplete. */
    public static FieldFilter parse(String fields) {
        Parser parser = new Parser(fields);
        FieldFilter filter = parser.list();
        if (parser.at < fields.length()) {
            throw new IllegalArgumentException("Unexpected '" + fields.charAt(parser.at) + "' in fields");
        }
        return filter;
    }

    /** Whether any of the property {@code name} is kept. */
    public boolean keeps(String name) {
        return !excluded.contains(name) && (kept.isEmpty() || kept.containsKey(name));
    }

    /** What is kept of a whole JSON document. */
    public byte[] apply(byte[] document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length / 2);
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), document);
                JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            in.nextToken();
            copy(in, json);
        }
        return out.toByteArray();
    }

    /** Copies the value that starts at the current token, and ends on its last one. */
    private void copy(JsonParser in, JsonGenerator json) {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            json.writeStartArray();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                copy(in, json);
            }
            json.writeEndArray();
        } else if (in.currentToken() == JsonToken.START_OBJECT) {
            json.writeStartObject();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                property(in, json);
            }
            json.writeEndObject();
        } else {
            json.copyCurrentEvent(in);
        }
    }

    private void property(JsonParser in, JsonGenerator json) {
        String name = in.currentName();
        in.nextToken();
        if (!keeps(name)) {
            in.skipChildren();
            return;
        }
        json.writeName(name);
        FieldFilter inside = kept.get(name);
        if (inside == null) {
            json.copyCurrentStructure(in);
        } else {
            inside.copy(in, json);
        }
    }

    private void keep(String name, @Nullable FieldFilter inside) {
        FieldFilter before = kept.get(name);
        if (kept.containsKey(name) && (before == null || inside == null)) {
            kept.put(name, null); // named once without parentheses: all of it
        } else if (before != null && inside != null) {
            inside.kept.forEach(before::keep);
            before.excluded.addAll(inside.excluded);
        } else {
            kept.put(name, inside);
        }
    }

    /** Reads the text from left to right. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        FieldFilter list() {
            FieldFilter filter = new FieldFilter();
            do {
                if (take('!')) {
                    filter.excluded.add(name());
                } else {
                    filter.keep(name(), inside());
                }
            } while (take(','));
            return filter;
        }

        private @Nullable FieldFilter inside() {
            if (take('.')) {
                FieldFilter filter = new FieldFilter();
                filter.keep(name(), inside());
                return filter;
            }
            if (!take('(')) {
                return null;
            }
            FieldFilter filter = list();
            if (!take(')')) {
                throw new IllegalArgumentException("A ')' is missing in fields");
            }
            return filter;
        }

        private String name() {
            blanks();
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (at == from) {
                throw new IllegalArgumentException("A name is missing in fields at character " + (at + 1));
            }
            return text.substring(from, at);
        }

        private boolean take(char wanted) {
            blanks();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}

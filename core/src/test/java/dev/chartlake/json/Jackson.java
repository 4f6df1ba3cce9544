package dev.chartlake.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The opinion of Jackson's strict reader. It is given characters, because its own decoder lets overlong forms of UTF-8 pass;
 * the JDK's decoder is as strict as ours.
 */
final class Jackson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Jackson() {}

    /** What the document says, in one line (see {@link Reading}); null if it is not well-formed. */
    static @Nullable String reading(byte[] document) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        // Jackson takes a mark at the start of bytes, but not of characters; the scanner passes over it.
        String body = text.startsWith("\ufeff") ? text.substring(1) : text;
        StringBuilder out = new StringBuilder();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return null;
            }
            int depth = 0;
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                if (token.isStructEnd()) {
                    depth--;
                } else if (depth == 0 && out.length() > 0) {
                    return null; // a second document
                }
                append(token, json, out);
                depth += token.isStructStart() ? 1 : 0;
            }
            return out.toString();
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void append(JsonToken token, JsonParser json, StringBuilder out) {
        switch (token) {
            case START_OBJECT -> out.append("{");
            case END_OBJECT -> out.append("}");
            case START_ARRAY -> out.append("[");
            case END_ARRAY -> out.append("]");
            case PROPERTY_NAME -> {
                String name = Reading.withoutLoneSurrogates(json.currentName());
                out.append(RandomJson.NAMES.indexOf(name)).append(':');
            }
            case VALUE_STRING -> Reading.text(Reading.withoutLoneSurrogates(json.getString()), out);
            case VALUE_NUMBER_INT -> out.append(integer(json.getString()));
            case VALUE_NUMBER_FLOAT -> out.append(Reading.NO_INTEGER);
            default -> out.append(json.getString());
        }
        out.append(token.isStructStart() ? "" : " ");
    }

    /** The scanner reads up to 18 digits, which is more than any field has. */
    private static long integer(String text) {
        return text.replace("-", "").length() > 18 ? Reading.NO_INTEGER : Long.parseLong(text);
    }
}

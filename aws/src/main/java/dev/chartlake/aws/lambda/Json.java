package dev.chartlake.aws.lambda;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Events and answers as maps, lists, texts and numbers. Without data binding, whose classes would take longer to load
 * than a day to transform. Broken JSON throws Jackson's {@code JacksonException}.
 */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static @Nullable Object read(InputStream in) {
        return read(FACTORY.createParser(ObjectReadContext.empty(), in));
    }

    static @Nullable Object read(String text) {
        return read(FACTORY.createParser(ObjectReadContext.empty(), text));
    }

    private static @Nullable Object read(JsonParser open) {
        try (JsonParser json = open) {
            JsonToken first = json.nextToken();
            return first == null ? null : value(json, first);
        }
    }

    private static @Nullable Object value(JsonParser json, JsonToken at) {
        return switch (at) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    object.put(name, value(json, json.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    array.add(value(json, next));
                }
                yield array;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The value if it is an object, else an empty one. */
    static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The value if it is an array, else an empty one. */
    static List<?> array(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** The value if it is a text, else an empty one. */
    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** Maps, lists, texts, numbers, truth values and null as JSON in UTF-8. */
    static byte[] write(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    /** As {@link #write}, for where JSON is put into other JSON. */
    static String text(Map<String, ? extends @Nullable Object> object) {
        return new String(write(object), StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, member) -> {
                json.writeName(String.valueOf(name));
                write(json, member);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }
}

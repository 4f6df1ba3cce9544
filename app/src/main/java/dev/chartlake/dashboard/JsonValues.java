package dev.chartlake.dashboard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A result's values as JSON. */
final class JsonValues {

    private static final long EXACT = 1L << 53;

    private JsonValues() {}

    /** Numbers that JavaScript cannot hold exactly, or at all, become text, and so does every value it has no type for. */
    static void write(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeString(value.toString());
            }
        } else if ((value instanceof Long
                        || value instanceof Integer
                        || value instanceof Short
                        || value instanceof Byte)
                && Math.abs(((Number) value).longValue()) <= EXACT) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(each -> write(json, each));
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((key, each) -> {
                json.writeName(String.valueOf(key));
                write(json, each);
            });
            json.writeEndObject();
        } else if (value instanceof java.math.BigDecimal number) {
            json.writeString(number.toPlainString());
        } else {
            json.writeString(value.toString());
        }
    }
}

package dev.chartlake.query;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** One text for each value, the same in every format. */
public final class ValueText {
    public static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .rootValueSeparator(",\n")
            .build();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private ValueText() {}

    /** The value as unquoted text; nested values become JSON. */
    public static String of(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof LocalDateTime moment) {
            return moment.toLocalDate() + " " + TIME.format(moment);
        }
        if (value instanceof OffsetDateTime moment) {
            return of(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            var text = new StringWriter();
            try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                write(json, value);
            }
            return text.toString();
        }
        return value.toString();
    }

    /** The value as JSON. A number that JSON does not know, such as NaN, becomes text. */
    public static void write(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            json.writeString(number.toString());
        } else if (value instanceof Float number && !Float.isFinite(number)) {
            json.writeString(number.toString());
        } else if (value instanceof Number number) {
            json.writeNumber(of(number));
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
        } else {
            json.writeString(of(value));
        }
    }
}

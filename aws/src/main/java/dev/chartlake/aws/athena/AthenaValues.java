package dev.chartlake.aws.athena;

import dev.chartlake.query.ResultColumn;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;

/** Athena's values, which come as text, as {@link dev.chartlake.query.ResultSink} promises them. */
final class AthenaValues {
    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "integer", "bigint");
    private static final Set<String> FLOATING = Set.of("float", "real", "double");

    private AthenaValues() {}

    static List<ResultColumn> columns(List<ColumnInfo> infos) {
        return infos.stream()
                .map(info -> new ResultColumn(info.name(), type(info).toUpperCase(Locale.ROOT), numeric(info.type())))
                .toList();
    }

    private static String type(ColumnInfo info) {
        return info.type().equals("decimal") ? "decimal(" + info.precision() + "," + info.scale() + ")" : info.type();
    }

    private static boolean numeric(String type) {
        return WHOLE.contains(type) || FLOATING.contains(type) || type.equals("decimal");
    }

    static List<@Nullable Object> row(List<ColumnInfo> columns, List<Datum> data) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            values.add(
                    value(columns.get(i).type(), i < data.size() ? data.get(i).varCharValue() : null));
        }
        return values;
    }

    private static @Nullable Object value(String type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return typed(type, text);
        } catch (DateTimeException | NumberFormatException e) {
            // A year beyond 9999, say: it is shown as Athena writes it.
            return text;
        }
    }

    private static Object typed(String type, String text) {
        if (WHOLE.contains(type)) {
            return Long.valueOf(text);
        }
        if (FLOATING.contains(type)) {
            return Double.valueOf(text);
        }
        return switch (type) {
            case "decimal" -> new BigDecimal(text);
            case "boolean" -> Boolean.valueOf(text);
            case "date" -> LocalDate.parse(text);
            case "time" -> LocalTime.parse(text);
            case "timestamp" -> LocalDateTime.parse(text.replace(' ', 'T'));
            default -> text;
        };
    }
}

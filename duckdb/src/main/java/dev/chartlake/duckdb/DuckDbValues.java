package dev.chartlake.duckdb;

import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ValueText;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** DuckDB's values as {@link dev.chartlake.query.ResultSink} promises them. */
final class DuckDbValues {
    private static final Set<String> NUMERIC = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "BIGNUM",
            "FLOAT",
            "DOUBLE");

    /** A class of its own, so that only a query with JSON in its result waits for Jackson to be set up. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();

        private Json() {}
    }

    private DuckDbValues() {}

    static List<ResultColumn> columns(ResultSetMetaData meta) throws SQLException {
        var columns = new ArrayList<ResultColumn>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            var type = meta.getColumnTypeName(i);
            columns.add(new ResultColumn(
                    meta.getColumnLabel(i),
                    type,
                    NUMERIC.contains(type) || (type.startsWith("DECIMAL(") && type.endsWith(")"))));
        }
        return columns;
    }

    static List<@Nullable Object> row(ResultSet rows, List<ResultColumn> columns) throws SQLException {
        var values = new ArrayList<@Nullable Object>(columns.size());
        for (int i = 1; i <= columns.size(); i++) {
            values.add(
                    switch (columns.get(i - 1).type()) {
                        case "TIMESTAMP" -> rows.getObject(i, LocalDateTime.class);
                        case "VARCHAR" -> rows.getString(i);
                        case "JSON" -> json(rows.getString(i));
                        default -> plain(rows.getObject(i));
                    });
        }
        return values;
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : Json.MAPPER.readValue(text, Object.class);
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof OffsetDateTime) {
            return value;
        }
        if (value instanceof Timestamp moment) {
            return moment.toLocalDateTime();
        }
        if (value instanceof DuckDBStruct struct) {
            return map(struct.getMap());
        }
        if (value instanceof Struct struct) {
            return list(struct.getAttributes());
        }
        if (value instanceof Array array) {
            return list((@Nullable Object[]) array.getArray());
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Blob blob) {
            return bytes(blob.getBytes(1, (int) blob.length()));
        }
        return value.toString();
    }

    /** As DuckDB writes bytes: ASCII as it is, the rest as {@code \\xC3}. */
    private static String bytes(byte[] bytes) {
        var text = new StringBuilder();
        for (byte each : bytes) {
            text.append(each >= ' ' && each < 0x7F && each != '\\' ? "" + (char) each : "\\x%02X".formatted(each));
        }
        return text.toString();
    }

    private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
        var result = new ArrayList<@Nullable Object>();
        for (var value : values) {
            result.add(plain(value));
        }
        return result;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
        var result = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : values.entrySet()) {
            var key = entry.getKey() == null ? null : plain(entry.getKey());
            result.put(key == null ? "null" : ValueText.of(key), plain(entry.getValue()));
        }
        return result;
    }
}

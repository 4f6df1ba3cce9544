package dev.chartlake.warehouse.snowflake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists stages, and writes results as Snowflake does. */
final class SnowflakeStages {

    private SnowflakeStages() {}

    /** All files whose place begins with the location, which need not end where a name does. */
    static SnowflakeResult list(SnowflakeEngine engine, String location) throws SnowflakeFailure, IOException {
        Path prefix = engine.path(location);
        Path folder = prefix.getParent();
        List<List<@Nullable String>> rows = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                    if (file.toString().startsWith(prefix.toString())) {
                        rows.add(List.of(
                                "s3:/" + file, "" + Files.size(file), md5(file), "Thu, 1 Jan 2026 00:00:00 GMT"));
                    }
                }
            }
        }
        return new SnowflakeResult(
                List.of("name", "size", "md5", "last_modified"), List.of("TEXT", "FIXED", "TEXT", "TEXT"), rows, -1);
    }

    private static String md5(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static SnowflakeResult result(ResultSet rows) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            names.add(rows.getMetaData().getColumnName(i).toUpperCase(java.util.Locale.ROOT));
            types.add(
                    switch (rows.getMetaData().getColumnTypeName(i)) {
                        case "INTEGER", "BIGINT", "HUGEINT" -> "FIXED";
                        case "BOOLEAN" -> "BOOLEAN";
                        case "DATE" -> "DATE";
                        case "TIMESTAMP" -> "TIMESTAMP_NTZ";
                        case "DOUBLE" -> "REAL";
                        default -> "TEXT";
                    });
        }
        List<List<@Nullable String>> values = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(text(rows, i, types.get(i - 1)));
            }
            values.add(row);
        }
        return new SnowflakeResult(names, types, values, -1);
    }

    /** As in the JSON of results: days since 1970, seconds with their fraction, 1 and 0. */
    private static @Nullable String text(ResultSet rows, int column, String type) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case "BOOLEAN" -> (Boolean) value ? "1" : "0";
            case "DATE" ->
                "" + (value instanceof Date day ? day.toLocalDate() : (java.time.LocalDate) value).toEpochDay();
            case "TIMESTAMP_NTZ" -> {
                LocalDateTime time = value instanceof Timestamp stamp ? stamp.toLocalDateTime() : (LocalDateTime) value;
                yield time.toEpochSecond(ZoneOffset.UTC) + String.format(".%06d", time.getNano() / 1000);
            }
            default -> value.toString();
        };
    }
}

package dev.chartlake.sql;

import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which days the files of a span hold.
 *
 * @param days for each of the seven tables the days that had a file
 */
record Marker(Map<Table, Days> days) {

    /** With the version of the layout: a marker of another one counts for nothing. */
    private static final String BEGINNING = "{\"version\":\"2\",\n";

    private static final String END = "\n}\n";

    /** The days of a table that a span's marker names, if there is one that can be read. */
    static Optional<Days> days(Path lake, Span span, Table table) {
        try (var in = new FileInputStream(new File(lake.toFile(), span.marker()))) {
            return days(new String(in.readAllBytes(), StandardCharsets.UTF_8), table);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Only what {@link #bytes} has written is read, and without a parser: a query of years reads dozens of them. */
    private static Optional<Days> days(String text, Table table) {
        var field = "\"" + table.folder() + "\":\"";
        int from = text.indexOf(field) + field.length();
        int to = text.indexOf('"', from);
        if (!text.startsWith(BEGINNING) || !text.endsWith(END) || from < field.length() || to < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Days.parse(text.substring(from, to)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    byte[] bytes(Span span) {
        var text =
                new StringBuilder(BEGINNING).append("\"span\":\"").append(span).append('"');
        for (var table : Table.values()) {
            text.append(",\n\"").append(table.folder()).append("\":\"");
            text.append(days.getOrDefault(table, new Days())).append('"');
        }
        return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }
}

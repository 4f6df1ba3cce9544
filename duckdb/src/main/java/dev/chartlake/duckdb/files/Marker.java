package dev.chartlake.duckdb.files;

import dev.chartlake.lake.Checksums;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the files of a span hold.
 *
 * @param days the days that had a manifest when they were copied
 * @param copies for each of the seven tables its file
 */
public record Marker(Days days, Map<Table, Copy> copies) {

    /**
     * The file of one table.
     *
     * @param days the days whose rows are in it; without any there is no file
     * @param sum its size and checksum
     */
    public record Copy(Days days, Checksums.Sum sum) {}

    /** Of a table that none of the days has rows of. */
    public static final Copy NONE = new Copy(new Days(), new Checksums.Sum(0, ""));

    /** With the version of the layout: a marker of another one counts for nothing. */
    private static final String BEGINNING = "{\"version\":\"4\",\n";

    private static final String END = "\n}\n";

    /** The marker of a span, if there is one that can be read. */
    public static Optional<Marker> of(Path lake, Span span) {
        try (var in = new FileInputStream(new File(lake.toFile(), span.marker()))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Only what {@link #bytes} has written is read, and without a parser: a query of years reads dozens of them. */
    private static Optional<Marker> parse(String text) {
        if (!text.startsWith(BEGINNING) || !text.endsWith(END)) {
            return Optional.empty();
        }
        try {
            var copies = new EnumMap<Table, Copy>(Table.class);
            for (var table : Table.values()) {
                if (!table.isNamedWhenEmpty() && !text.contains("\"" + table.folder() + "\"")) {
                    copies.put(table, NONE);
                    continue;
                }
                var parts = value(text, table.folder()).split(" ", -1);
                copies.put(
                        table, new Copy(Days.parse(parts[0]), new Checksums.Sum(Long.parseLong(parts[1]), parts[2])));
            }
            return Optional.of(new Marker(Days.parse(value(text, "days")), copies));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String value(String text, String name) {
        var field = "\"" + name + "\":\"";
        int from = text.indexOf(field);
        if (from < 0) {
            throw new IndexOutOfBoundsException(name);
        }
        return text.substring(from + field.length(), text.indexOf('"', from + field.length()));
    }

    /** The marker's file for {@code span}, as JSON in UTF-8. */
    public byte[] bytes(Span span) {
        var text =
                new StringBuilder(BEGINNING).append("\"span\":\"").append(span).append("\",\n\"days\":\"");
        text.append(days).append('"');
        copies.forEach((table, copy) -> {
            if (table.isNamedWhenEmpty() || !copy.days().isEmpty()) {
                text.append(",\n\"")
                        .append(table.folder())
                        .append("\":\"")
                        .append(copy.days())
                        .append(' ')
                        .append(copy.sum().size())
                        .append(' ')
                        .append(copy.sum().crc32c())
                        .append('"');
            }
        });
        return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the span has the same committed days now, and the file of each table its size. */
    public boolean isOf(Path lake, Span span, Days committed) {
        return days.equals(committed)
                && copies.keySet().stream()
                        .allMatch(table -> file(span, table)
                                .map(file -> file.hasItsSize(lake))
                                .orElse(true));
    }

    /** The file of a table; empty if none of the days has rows. */
    public Optional<CommittedFile> file(Span span, Table table) {
        var copy = copies.get(table);
        return copy == null || copy.days().isEmpty()
                ? Optional.empty()
                : Optional.of(new CommittedFile(
                        span.file(table), copy.sum().size(), copy.sum().crc32c(), null));
    }

    /** What to do about a file of a copy that is not as it was written. */
    public static String cure(LocalStore lake) {
        return "Delete the folder " + Span.ROOT + " of the lake, and run " + Hint.command("transform", lake)
                + " to copy the days again.";
    }
}

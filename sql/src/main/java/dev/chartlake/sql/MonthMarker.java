package dev.chartlake.sql;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import dev.chartlake.sql.TableFiles.DayFile;
import dev.chartlake.sql.TableFiles.Format;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which days the files of a month hold.
 *
 * @param days for each of the seven tables the days that had a file: bit 1 is the first of the month
 */
record MonthMarker(Map<Table, Integer> days) {

    /** With the version of the layout: a marker of another one counts for nothing. */
    private static final String BEGINNING = "{\"version\":\"1\",\n";

    private static final String END = "\n}\n";

    /** The days of a table that a month's marker names, if there is one that can be read. */
    static OptionalInt days(Path lake, YearMonth month, Table table) {
        try (var in = new FileInputStream(new File(lake.toFile(), Months.marker(month)))) {
            return days(new String(in.readAllBytes(), StandardCharsets.UTF_8), table);
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** Only what {@link #bytes} has written is read, and without a parser: a query of years reads hundreds of them. */
    private static OptionalInt days(String text, Table table) {
        var field = "\"" + table.folder() + "\":\"";
        int from = text.indexOf(field) + field.length();
        int to = text.indexOf('"', from);
        if (!text.startsWith(BEGINNING) || !text.endsWith(END) || from < field.length() || to < 0) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(days(text.substring(from, to)));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Adds the days of these files. */
    void add(Table table, Map<Format, List<DayFile>> files) {
        int bits = 0;
        for (var file : files.values().stream().flatMap(List::stream).toList()) {
            bits |= 1 << file.day();
        }
        days.put(table, bits);
    }

    byte[] bytes(YearMonth month) {
        var text = new StringBuilder(BEGINNING)
                .append("\"month\":\"")
                .append(month)
                .append('"');
        for (var table : Table.values()) {
            text.append(",\n\"").append(table.folder()).append("\":\"");
            text.append(text(days.getOrDefault(table, 0))).append('"');
        }
        return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As ranges: {@code 1-14,16,18-31}. */
    private static String text(int days) {
        var text = new StringBuilder();
        for (int day = 1; day <= 31; day++) {
            if ((days >>> day & 1) == 0) {
                continue;
            }
            int first = day;
            while (day < 31 && (days >>> (day + 1) & 1) == 1) {
                day++;
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            text.append(first == day ? "" : "-" + day);
        }
        return text.toString();
    }

    private static int days(String text) {
        int days = 0;
        for (var range : text.isEmpty() ? new String[0] : text.split(",")) {
            var ends = range.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int day = Integer.parseInt(ends[0]); day <= last && last <= 31; day++) {
                days |= 1 << day;
            }
        }
        return days;
    }
}

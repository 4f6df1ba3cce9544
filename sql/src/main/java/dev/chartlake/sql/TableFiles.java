package dev.chartlake.sql;

import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that hold every day's rows of one table, each row once: those of whole years and months where they are as
 * their marker says, and those of all other days.
 *
 * @param spans the years and months whose own files are read, in order
 * @param days the files of all other days by format, in order
 */
record TableFiles(List<Span> spans, Map<Format, List<DayFile>> days) {

    /** The formats a partition can have. */
    enum Format {
        PARQUET,
        CSV;

        String file() {
            return this == PARQUET ? "part-0.parquet" : "part-0.csv";
        }
    }

    /** A partition's file: {@code folder} is {@code snapshot_date=…}. */
    record DayFile(String folder, Format format, int month, int day) {}

    private static final String DAY = "snapshot_date=";
    private static final int DAY_LENGTH = (DAY + "2026-11-21").length();

    /** Looks at names and markers; no table is opened. */
    static TableFiles of(Path lake, Table table) {
        var folder = folder(lake, table);
        var spans = new ArrayList<Span>();
        var files = new ArrayList<DayFile>();
        found(folder).forEach((year, days) -> {
            if (copied(lake, table, new Span(year, 0), days)) {
                spans.add(new Span(year, 0));
                return;
            }
            days.months(month -> {
                var span = new Span(year, month);
                if (copied(lake, table, span, days.in(month))) {
                    spans.add(span);
                } else {
                    files.addAll(files(folder, year, days.in(month)));
                }
            });
        });
        return new TableFiles(List.copyOf(spans), byFormat(files));
    }

    /** The files of the days of one span, whatever copies there are. */
    static Map<Format, List<DayFile>> of(Path lake, Table table, Span span) {
        var folder = folder(lake, table);
        var days = found(folder).getOrDefault(span.year(), new Days()).in(span.month());
        return byFormat(files(folder, span.year(), days));
    }

    /** The files of these days of a year, whatever copies there are. */
    static Map<Format, List<DayFile>> of(Path lake, Table table, int year, Days days) {
        return byFormat(files(folder(lake, table), year, days));
    }

    private static File folder(Path lake, Table table) {
        return new File(lake.toFile(), Table.ROOT + table.folder());
    }

    /** The days of each year that have a folder. */
    private static TreeMap<Integer, Days> found(File folder) {
        var years = new TreeMap<Integer, Days>();
        var names = folder.list();
        for (var name : names == null ? new String[0] : names) {
            if (name.length() == DAY_LENGTH && name.startsWith(DAY)) {
                int year = digits(name, DAY.length(), 4);
                int month = digits(name, DAY.length() + 5, 2);
                int day = digits(name, DAY.length() + 8, 2);
                if (year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
                    years.computeIfAbsent(year, any -> new Days()).add(month, day);
                }
            }
        }
        return years;
    }

    /** The number at a place; -1 if there is none. Thousands of names are read at the start of a query. */
    static int digits(String text, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** True if the span's file holds the very days that have one now. */
    private static boolean copied(Path lake, Table table, Span span, Days folders) {
        var marked = Marker.days(lake, span, table);
        return marked.isPresent()
                && folders.hold(marked.get())
                && files(folder(lake, table), span.year(), folders.minus(marked.get()))
                        .isEmpty()
                && (marked.get().isEmpty() || new File(lake.toFile(), span.file(table)).exists());
    }

    private static List<DayFile> files(File folder, int year, Days days) {
        var files = new ArrayList<DayFile>();
        days.each((month, day) -> {
            var name = Days.folder(year, month, day);
            for (var format : Format.values()) {
                if (new File(folder, name + "/" + format.file()).exists()) {
                    files.add(new DayFile(name, format, month, day));
                }
            }
        });
        return files;
    }

    private static Map<Format, List<DayFile>> byFormat(List<DayFile> files) {
        var byFormat = new EnumMap<Format, List<DayFile>>(Format.class);
        for (var file : files) {
            byFormat.computeIfAbsent(file.format(), format -> new ArrayList<>()).add(file);
        }
        return byFormat;
    }
}

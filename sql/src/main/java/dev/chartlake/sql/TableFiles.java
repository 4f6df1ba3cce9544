package dev.chartlake.sql;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import java.io.File;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that hold every day's rows of one table, each row once: those of whole months where they are as their marker
 * says, and those of all other days.
 *
 * @param months the months whose own files are read, in order
 * @param days the files of all other days by format, in order
 */
record TableFiles(List<YearMonth> months, Map<Format, List<DayFile>> days) {

    /** The formats a partition can have. */
    enum Format {
        PARQUET,
        CSV;

        String file() {
            return this == PARQUET ? "part-0.parquet" : "part-0.csv";
        }
    }

    /** A partition's file: {@code folder} is {@code snapshot_date=…}. */
    record DayFile(String folder, Format format) {
        /** The day of its month. */
        int day() {
            return Integer.parseInt(folder, DAY_LENGTH - 2, DAY_LENGTH, 10);
        }
    }

    private static final String DAY = "snapshot_date=";
    private static final int DAY_LENGTH = (DAY + "2026-11-21").length();

    /** Looks at names and markers; no table is opened. */
    static TableFiles of(Path lake, Table table) {
        var folder = new File(lake.toFile(), Table.ROOT + table.folder());
        var found = found(folder);
        var months = new ArrayList<YearMonth>();
        var files = new ArrayList<DayFile>();
        for (var month : found.entrySet()) {
            var whole = MonthMarker.read(lake, month.getKey());
            if (whole.isPresent() && holds(whole.get(), lake, table, month.getKey(), month.getValue())) {
                months.add(month.getKey());
            } else {
                files.addAll(files(folder, month.getKey(), month.getValue()));
            }
        }
        return new TableFiles(List.copyOf(months), byFormat(files));
    }

    /** The files of the days of one month, whatever copies there are. */
    static Map<Format, List<DayFile>> ofMonth(Path lake, Table table, YearMonth month) {
        var folder = new File(lake.toFile(), Table.ROOT + table.folder());
        return byFormat(files(folder, month, found(folder).getOrDefault(month, 0)));
    }

    /** The days of each month that have a folder, as in {@link MonthMarker}. */
    private static TreeMap<YearMonth, Integer> found(File folder) {
        var found = new TreeMap<String, Integer>();
        var names = folder.list();
        for (var name : names == null ? new String[0] : names) {
            if (name.length() == DAY_LENGTH && name.startsWith(DAY)) {
                var month = name.substring(DAY.length(), DAY_LENGTH - 3);
                int day = name.charAt(DAY_LENGTH - 2) * 10 + name.charAt(DAY_LENGTH - 1) - '0' * 11;
                found.merge(month, day >= 1 && day <= 31 ? 1 << day : 0, (a, b) -> a | b);
            }
        }
        var months = new TreeMap<YearMonth, Integer>();
        found.forEach((month, days) -> yearMonth(month).ifPresent(known -> months.put(known, days)));
        return months;
    }

    /** Not {@link YearMonth#parse}, which takes longer to set up than all else here. */
    private static Optional<YearMonth> yearMonth(String text) {
        try {
            return Optional.of(YearMonth.of(Integer.parseInt(text, 0, 4, 10), Integer.parseInt(text, 5, 7, 10)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** True if the month's file holds the very days that have one now. */
    private static boolean holds(MonthMarker marker, Path lake, Table table, YearMonth month, int folders) {
        int days = marker.days().getOrDefault(table, 0);
        var others = files(new File(lake.toFile(), Table.ROOT + table.folder()), month, folders & ~days);
        return (days & ~folders) == 0
                && others.isEmpty()
                && (days == 0 || new File(lake.toFile(), Months.file(month, table)).exists());
    }

    private static List<DayFile> files(File folder, YearMonth month, int days) {
        var files = new ArrayList<DayFile>();
        for (int day = 1; day <= 31; day++) {
            if ((days >>> day & 1) == 1) {
                var name = DAY + month + (day < 10 ? "-0" : "-") + day;
                for (var format : Format.values()) {
                    if (new File(folder, name + "/" + format.file()).exists()) {
                        files.add(new DayFile(name, format));
                    }
                }
            }
        }
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

package dev.chartlake.sql;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import java.io.File;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final int EVERY_DAY = -1 << 1;
    private static final String DAY = "snapshot_date=";
    private static final int DAY_LENGTH = (DAY + "2026-11-21").length();

    /** Looks at names and markers; no table is opened. */
    static TableFiles of(Path lake, Table table) {
        var folder = new File(lake.toFile(), Table.ROOT + table.folder());
        var found = found(folder);
        var months = new ArrayList<YearMonth>();
        var files = new ArrayList<DayFile>();
        for (var month : found.entrySet()) {
            var whole = MonthMarker.days(lake, month.getKey(), table);
            if (whole.isPresent() && holds(whole.getAsInt(), lake, table, month.getKey(), month.getValue())) {
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
        return byFormat(files(folder, month, EVERY_DAY));
    }

    /** The days of each month that have a folder, as in {@link MonthMarker}. */
    private static TreeMap<YearMonth, Integer> found(File folder) {
        var days = new HashMap<Integer, Integer>();
        var names = folder.list();
        for (var name : names == null ? new String[0] : names) {
            if (name.length() == DAY_LENGTH && name.startsWith(DAY)) {
                int year = digits(name, DAY.length(), 4);
                int month = digits(name, DAY.length() + 5, 2);
                int day = digits(name, DAY.length() + 8, 2);
                if (year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
                    days.merge(year * 12 + month - 1, 1 << day, (one, other) -> one | other);
                }
            }
        }
        var months = new TreeMap<YearMonth, Integer>();
        days.forEach((month, bits) -> months.put(YearMonth.of(month / 12, month % 12 + 1), bits));
        return months;
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

    /** True if the month's file holds the very days that have one now. */
    private static boolean holds(int days, Path lake, Table table, YearMonth month, int folders) {
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

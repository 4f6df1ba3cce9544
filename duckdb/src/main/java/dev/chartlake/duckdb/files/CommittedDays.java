package dev.chartlake.duckdb.files;

import dev.chartlake.lake.CommittedTables;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.raw.RawState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The days that have a manifest, in one state of a lake. A manifest is read when its day is first asked for. */
public final class CommittedDays {
    private static final int DATE = "2026-11-21".length();

    private final Path lake;
    private final TreeMap<Integer, Days> years;
    private final Map<LocalDate, Committed> read = new HashMap<>();

    /** What a manifest says of its day's tables, and whether they have the columns of an earlier version. */
    private record Committed(List<TablePart> tables, boolean earlier) {}

    /** Notes in {@code differences} the days that are committed no longer, although their raw objects are. */
    CommittedDays(Path lake, Differences differences) {
        this.lake = lake;
        this.years = years(new File(lake.toFile(), Manifest.ROOT), 0, ".json".length());
        years(new File(lake.toFile(), RawState.PROCESSED.prefix()), 0, 0)
                .forEach(
                        (year, days) -> days.minus(in(year)).each((month, day) -> lost(year, month, day, differences)));
    }

    /** The days in the names of a folder, by year: a name is a date after {@code before} characters, and {@code after} more. */
    public static TreeMap<Integer, Days> years(File folder, int before, int after) {
        var years = new TreeMap<Integer, Days>();
        var names = folder.list();
        for (var name : names == null ? new String[0] : names) {
            if (name.length() != before + DATE + after) {
                continue;
            }
            int year = digits(name, before, 4);
            int month = digits(name, before + 5, 2);
            int day = digits(name, before + 8, 2);
            if (year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
                years.computeIfAbsent(year, any -> new Days()).add(month, day);
            }
        }
        return years;
    }

    /** The number at a place; -1 if the text has another character there. Thousands of names are read at the start of a query. */
    public static int digits(String text, int from, int length) {
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

    /** The days of a year that have a manifest. */
    Days in(int year) {
        return years.getOrDefault(year, new Days());
    }

    /** The years of which a day has a manifest. */
    public TreeMap<Integer, Days> years() {
        return years;
    }

    private void lost(int year, int month, int day, Differences differences) {
        var date = Days.date(year, month, day);
        if (date.isPresent()
                && hasFiles(lake.resolve(RawState.PROCESSED.prefix())
                        .resolve(date.get().toString()))) {
            differences.add(
                    date.get(), Manifest.key(date.get()), "is missing, although the day has processed raw objects");
        }
    }

    private static boolean hasFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            return false; // moved away
        }
    }

    /** What the manifest says of a day's table; without a file if it cannot be read, which is noted in {@code differences}. */
    TablePart part(Table table, LocalDate date, Differences differences) {
        return committed(date, differences).tables().get(table.ordinal());
    }

    /** True if the day's table has no more than {@link Table#earlierColumns}, and its columns are others now. */
    boolean hasEarlierColumns(Table table, LocalDate date, Differences differences) {
        return committed(date, differences).earlier() && !table.earlierColumns().equals(table.columns());
    }

    private Committed committed(LocalDate date, Differences differences) {
        return read.computeIfAbsent(date, any -> read(date, differences));
    }

    private Committed read(LocalDate date, Differences differences) {
        var key = Manifest.key(date);
        try {
            var manifest = Files.readAllBytes(lake.resolve(key));
            return new Committed(CommittedTables.of(date, manifest), CommittedTables.haveEarlierColumns(manifest));
        } catch (NoSuchFileException e) {
            differences.add(date, key, "is missing");
        } catch (IOException e) {
            differences.add(date, key, "cannot be read: " + e.getMessage());
        }
        return new Committed(Stream.of(Table.values()).map(TablePart::none).toList(), false);
    }
}

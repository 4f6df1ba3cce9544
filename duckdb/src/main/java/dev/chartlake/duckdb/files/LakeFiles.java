package dev.chartlake.duckdb.files;

import dev.chartlake.model.Table;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which files hold the rows of a lake's tables: looked for again when folders have changed, and refused if not as committed. */
public final class LakeFiles {

    /** Where commits cannot be held off, a day that looks wrong may be one that is being committed. */
    private static final int LOOKS = 3;

    /** So many single days are remembered, in case that one of them is damaged. */
    private static final int MOST_DAYS = 100;

    private static final long BETWEEN_LOOKS_MILLIS = 150;

    private final Path lake;
    private final boolean still;
    private final Map<Table, Look> seen = new EnumMap<>(Table.class);
    private final Set<TableDay> seenDays = new LinkedHashSet<>();
    private @Nullable CommittedDays days;

    /** With {@code still} the lake does not change meanwhile, and is looked at once. */
    public LakeFiles(Path lake, boolean still) {
        this.lake = lake;
        this.still = still;
    }

    /** A table's files, and when they were found. */
    private record Look(TableFiles files, FolderTimes times) {}

    private record TableDay(Table table, LocalDate date) {}

    private interface Looking {
        TableFiles at(CommittedDays days, Differences differences);
    }

    /** The files of a table as they are now. */
    public synchronized TableFiles table(Table table) throws IOException {
        var last = seen.get(table);
        if (last != null && still) {
            return last.files();
        }
        var times = FolderTimes.of(lake, table);
        if (last != null
                && last.times().settled()
                && times.same(last.times())
                && last.files().committed().stream().allMatch(file -> file.hasItsSize(lake))) {
            return last.files();
        }
        var found = look((days, differences) -> TableFiles.of(lake, table, days, differences));
        seen.put(table, new Look(found, times));
        return found;
    }

    /** The files of one day, even if there is a copy of its month or year: it takes longer to find the day in there. */
    public synchronized TableFiles day(Table table, LocalDate date) throws IOException {
        seenDays.add(new TableDay(table, date));
        if (seenDays.size() > MOST_DAYS) {
            seenDays.remove(seenDays.iterator().next());
        }
        var day = new Days();
        day.add(date.getMonthValue(), date.getDayOfMonth());
        return days(table, date.getYear(), day);
    }

    /** The files of these days of a year. */
    public synchronized TableFiles days(Table table, int year, Days some) throws IOException {
        return look((days, differences) -> TableFiles.of(lake, table, year, some, days, differences));
    }

    /** Forgets which days were committed: to be called when commits were possible since the last look. */
    public synchronized void begin() {
        if (!still) {
            days = null;
        }
    }

    private TableFiles look(Looking looking) throws IOException {
        for (int attempt = 1; ; attempt++) {
            var differences = new Differences(lake);
            if (days == null || attempt > 1) {
                days = new CommittedDays(lake, differences);
            }
            var found = looking.at(days, differences);
            try {
                differences.refuse();
                return found;
            } catch (ChangedLakeException e) {
                if (attempt == LOOKS) {
                    days = null;
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the lake was compared with its manifests");
        }
    }

    /** What is damaged of the files that were asked for, as they are now, and the cure; null if nothing is. */
    public synchronized @Nullable String damage() throws IOException {
        begin();
        var files = new ArrayList<CommittedFile>();
        for (var table : List.copyOf(seen.keySet())) {
            files.addAll(table(table).committed());
        }
        for (var day : List.copyOf(seenDays)) {
            files.addAll(day(day.table(), day.date()).committed());
        }
        return damage(lake, files);
    }

    /** The first of the files whose bytes are not those that were committed, with the cure; null if all are. */
    public static @Nullable String damage(Path lake, List<CommittedFile> files) {
        for (var file : files) {
            var damage = file.damage(lake);
            if (damage != null) {
                return damage;
            }
        }
        return null;
    }
}

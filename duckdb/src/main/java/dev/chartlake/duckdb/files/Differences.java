package dev.chartlake.duckdb.files;

import dev.chartlake.lake.DayCure;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.TreeMap;

/** What is not as it was committed, of what a query is about to read. */
final class Differences {
    private final Path lake;
    private final TreeMap<LocalDate, String> days = new TreeMap<>();

    Differences(Path lake) {
        this.lake = lake;
    }

    /** Notes what is wrong with a day's file; of each day, the first counts. */
    void add(LocalDate date, String key, String problem) {
        days.putIfAbsent(date, key + " " + problem);
    }

    boolean has(LocalDate date) {
        return days.containsKey(date);
    }

    /** Throws if there are any. */
    void refuse() throws ChangedLakeException {
        if (days.isEmpty()) {
            return;
        }
        var first = days.firstEntry();
        int others = days.size() - 1;
        var store = new LocalStore(lake);
        if (others == 0 || store.isCopy()) {
            throw new ChangedLakeException(first.getValue() + ". " + DayCure.again(store, first.getKey()));
        }
        throw new ChangedLakeException(
                first.getValue() + ", and " + others + (others == 1 ? " other day is" : " other days are")
                        + " not as committed: " + Hint.command("status", store) + " lists them. Run "
                        + Hint.command("transform", store) + ".");
    }
}

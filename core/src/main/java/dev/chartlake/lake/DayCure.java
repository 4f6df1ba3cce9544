package dev.chartlake.lake;

import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.time.LocalDate;

/** What messages tell people to do about a day that is not as it was committed. */
public final class DayCure {

    private DayCure() {}

    /** A sentence with the command that writes the day's tables and manifest again. */
    public static String again(ObjectStore store, LocalDate date) {
        return store instanceof LocalStore local && local.isCopy()
                ? "Delete the folder " + local.root()
                        + ", which holds a copy of the lake: the next query copies it again."
                : "Run " + command(store, date) + ".";
    }

    /** What to do about a raw object that is missing or changed. */
    static String raw(ObjectStore store, LocalDate date) {
        return "Restore it from a backup: its rows cannot be computed again without it. If it was deleted or edited on"
                + " purpose, run " + command(store, date) + " --accept-raw-changes.";
    }

    /** The command that writes the day's tables and manifest again, as it can be pasted into a shell. */
    static String command(ObjectStore store, LocalDate date) {
        return Hint.command("transform --since " + date + " --until " + date + " --all", store);
    }
}

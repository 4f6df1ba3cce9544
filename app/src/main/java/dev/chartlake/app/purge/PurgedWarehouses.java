package dev.chartlake.app.purge;

import dev.chartlake.load.Loader;
import dev.chartlake.print.Plurals;
import dev.chartlake.purge.PurgeJob;
import dev.chartlake.store.Hint;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is still to be done after a purge where the lake was loaded. */
final class PurgedWarehouses {

    private static final String DYNAMODB = "dynamodb";
    private static final String GLUE = "glue";

    private PurgedWarehouses() {}

    /** A sentence with the command for each kind of warehouse. */
    static List<String> notes(ObjectStore store, PurgeJob.Result result) throws IOException {
        List<String> notes = new ArrayList<>();
        List<String> loaded = Loader.loaded(store);
        List<String> tables = loaded.stream()
                .filter(name -> !name.equals(DYNAMODB) && !name.equals(GLUE))
                .toList();
        if (loaded.isEmpty() || result.again().isEmpty() && result.gone().isEmpty()) {
            return notes;
        }
        if (!tables.isEmpty()) {
            String names = String.join(" ", tables);
            notes.add(
                    result.gone().isEmpty()
                            ? "The warehouses have the removed rows until: " + Hint.command("load " + names, store)
                            : "The warehouses have the removed rows, and those of "
                                    + Plurals.count(result.gone().size(), "day") + " that left the lake, until: "
                                    + Hint.command("load " + names + " --delete-gone", store));
        }
        if (loaded.contains(GLUE)) {
            notes.add("Athena lists the days that left the lake until: " + Hint.command("load glue", store));
        }
        if (loaded.contains(DYNAMODB)) {
            notes.add(
                    "A load never deletes items from DynamoDB. To remove these from there, delete its tables, and run: "
                            + Hint.command("load dynamodb --create --all", store));
        }
        return notes;
    }
}

package dev.chartlake.app.lake;

import dev.chartlake.duckdb.compaction.Compaction;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.util.List;

/** Compacts a lake, and says on stderr what could not be. */
public final class Compacting {

    private Compacting() {}

    /**
     * Makes queries over years fast. They are right without it, so a failure is told and no more. Returns false if days are
     * damaged, which is told, too.
     */
    public static boolean run(LocalStore store) {
        ProgressLine progress = new ProgressLine(System.err, "Compacting");
        Compaction.Result result;
        try {
            result = new Compaction(store).run(progress::at);
        } catch (IOException e) {
            result = new Compaction.Result(0, List.of(ErrorText.of(e)), List.of());
        }
        progress.end();
        for (String failure : result.failures()) {
            System.err.println("Not compacted: " + failure + (failure.endsWith(".") ? "" : ".")
                    + " Queries read its days instead, which takes longer. The next transform tries again.");
        }
        result.damaged().forEach(damage -> System.err.println("Not compacted: " + damage));
        return result.damaged().isEmpty();
    }
}

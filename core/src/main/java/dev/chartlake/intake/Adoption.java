package dev.chartlake.intake;

import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Gives the files that lie loose in {@code raw_data/to_process/}, as older pipelines leave them, their proper keys. */
public final class Adoption {

    private final ObjectStore store;

    /** Adopts in {@code store}. */
    public Adoption(ObjectStore store) {
        this.store = store;
    }

    /** Adopts all. A file loses its old name only after it has its new one, so this can be repeated. */
    public IntakeReport run() throws IOException {
        IntakeReport report = new IntakeReport();
        Intake intake = new Intake(store);
        for (ObjectInfo loose : loose()) {
            List<String> path = List.of(loose.key().split("/"));
            Intake.Taken taken;
            try (InputStream in = store.open(loose.key())) {
                taken = intake.take(new Intake.File(loose.key(), path, loose.modifiedAt()), in);
            }
            store.delete(loose.key());
            report.taken(loose.key(), taken);
        }
        return report;
    }

    /** Everything below {@code to_process/} that is not in a day's folder. */
    private List<ObjectInfo> loose() throws IOException {
        String prefix = RawState.TO_PROCESS.prefix();
        List<ObjectInfo> loose = new ArrayList<>(store.files(prefix));
        for (String folder : store.folders(prefix)) {
            if (!isDay(folder)) {
                loose.addAll(store.list(prefix + folder + "/"));
            }
        }
        loose.removeIf(info -> info.key().endsWith("/")); // what consoles of S3 write for an empty folder
        return loose;
    }

    private static boolean isDay(String folder) {
        try {
            LocalDate.parse(folder);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

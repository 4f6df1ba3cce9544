package dev.chartlake.intake;

import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.names.DayOrder;
import dev.chartlake.normalise.account.Redaction;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gives the files that lie loose in {@code raw_data/to_process/}, as older pipelines leave them, their proper keys. */
public final class Adoption {

    private final ObjectStore store;

    /** Adopts in {@code store}. */
    public Adoption(ObjectStore store) {
        this.store = store;
    }

    /**
     * Adopts all. A file loses its old name only after it has its new one, so this can be repeated. One without a date in
     * its name keeps the time it arrived.
     */
    public IntakeReport run() throws IOException {
        IntakeReport report = new IntakeReport();
        ImportOptions options = new ImportOptions(
                null, null, ImportOptions.Undated.MODIFIED, DayOrder.UNKNOWN, Redaction.Personal.KEPT);
        try (Intake intake = new Intake(store, options, Intake.Unplaced.QUARANTINED, Clock.systemUTC(), report)) {
            run(intake);
        }
        return report;
    }

    private void run(Intake intake) throws IOException {
        List<ObjectInfo> folder = new ArrayList<>();
        for (ObjectInfo loose : loose()) {
            if (!folder.isEmpty() && !folder(loose).equals(folder(folder.get(0)))) {
                finish(intake, folder);
            }
            List<String> path = List.of(loose.key().split("/"));
            try (InputStream in = store.open(loose.key())) {
                intake.take(new ImportFile(loose.key(), path, loose.modifiedAt()), in);
            }
            folder.add(loose);
        }
        finish(intake, folder);
    }

    private void finish(Intake intake, List<ObjectInfo> taken) throws IOException {
        intake.finish();
        for (ObjectInfo loose : taken) {
            store.delete(loose.key());
        }
        taken.clear();
    }

    private static String folder(ObjectInfo info) {
        return info.key().substring(0, info.key().lastIndexOf('/') + 1);
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
        loose.sort(Comparator.comparing(Adoption::folder).thenComparing(ObjectInfo::key));
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

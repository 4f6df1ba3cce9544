package dev.chartlake.app.doctor;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.settings.LakePath;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.LakeStatus.Days;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.print.Plurals;
import dev.chartlake.store.Hint;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the lake can be written, what is in it, and how fresh that is. */
final class LakeCheck implements Check {

    private static final String TRIAL = "_chartlake/tmp/doctor";

    /** Charts come out a day late, and a run can miss an hour. */
    private static final int LATE_DAYS = 2;

    private final LakeOptions lake;
    private final Instant now;

    LakeCheck(LakeOptions lake, Instant now) {
        this.lake = lake;
        this.now = now;
    }

    @Override
    public String name() {
        return "lake";
    }

    @Override
    public List<Diagnosis> findings() throws IOException {
        ObjectStore store = lake.store();
        boolean remote = LakePath.isRemote(lake.where());
        Path folder = Path.of(remote ? "." : lake.where()).toAbsolutePath();
        if (!remote && !Files.exists(folder)) {
            return List.of(begun(folder));
        }
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(writable(store, remote ? null : folder));
        LakeStatus status = lake.status(lake.settings().quality());
        findings.add(content(status, store));
        if (status.waiting().objects() > 0) {
            findings.add(Diagnosis.warning(
                    name(),
                    Plurals.count(status.waiting().objects(), "raw object") + " waiting, not yet in the tables.",
                    Hint.command("transform", store)));
        }
        if (!status.quarantined().isEmpty()) {
            findings.add(Diagnosis.warning(
                    name(),
                    Plurals.count(status.quarantined().size(), "file") + " in quarantine.",
                    "Each file's reason and cure: " + Hint.command("status", store)));
        }
        status.problems().stream()
                .findFirst()
                .ifPresent(first -> findings.add(Diagnosis.problem(
                        name(),
                        Plurals.count(status.problems().size(), "file") + " not as the manifests say. The first: "
                                + first.key() + " " + first.problem() + ".",
                        first.cure(),
                        ExitCode.SOME_FAILED)));
        return findings;
    }

    /** The first file makes the folder, if it can be made. */
    private Diagnosis begun(Path folder) {
        for (Path at = folder.getParent(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at) && Files.isWritable(at)
                        ? Diagnosis.ok(
                                name(), "There is no lake at " + folder + " yet; the first import or run begins it.")
                        : Diagnosis.problem(
                                name(),
                                "There is no lake at " + folder + ", and " + at + " cannot be written.",
                                "Check its owner and rights, ls -ld '" + at + "', or name another place with --lake.",
                                ExitCode.SOME_FAILED);
            }
        }
        return Diagnosis.skipped(name(), "There is no lake at " + folder + ".");
    }

    private Diagnosis writable(ObjectStore store, @Nullable Path folder) {
        try {
            if (folder == null) {
                store.put(TRIAL, "doctor".getBytes(StandardCharsets.UTF_8));
                store.delete(TRIAL);
            } else {
                Files.delete(Files.createTempFile(folder, ".doctor", ""));
            }
            return Diagnosis.ok(name(), store.name() + " can be written.");
        } catch (IOException e) {
            return Diagnosis.problem(
                    name(),
                    store.name() + " cannot be written. " + ErrorText.of(e),
                    "Name a place that can be written with --lake, or change its rights.",
                    ExitCode.SOME_FAILED);
        }
    }

    private Diagnosis content(LakeStatus status, ObjectStore store) {
        Days days = status.days();
        @Nullable Instant newest = status.newestAt();
        if (days.count() == 0 || newest == null) {
            return Diagnosis.ok(name(), "No day is in it yet.");
        }
        String what = Plurals.count(days.count(), "day") + ", " + days.first() + " to " + days.last() + ", of "
                + Plurals.count(status.lists().size(), "list") + ". Newest snapshot: " + newest + ".";
        Duration age = Duration.between(newest, now);
        return age.toDays() > days.every() + LATE_DAYS
                ? Diagnosis.warning(
                        name(),
                        what + " That is " + Plurals.count(age.toDays(), "day") + " ago, and its days are usually "
                                + Plurals.count(days.every(), "day") + " apart.",
                        "Bring in newer data: " + Hint.command("run", store) + ", or "
                                + Hint.command("import FILE", store))
                : Diagnosis.ok(name(), what);
    }
}

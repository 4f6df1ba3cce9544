package dev.chartlake.transform;

import dev.chartlake.model.Progress;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.publish.ContractException;
import dev.chartlake.publish.CountsException;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.transform.TransformResult.DayFinding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what became of days. Used by any number of threads. */
public final class DayOutcomes {

    private final Progress progress;
    private final int of;
    private int done;
    private final List<CommittedDay> days = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<UnreadableObject> unreadable = new ArrayList<>();
    private final List<DayFinding> findings = new ArrayList<>();
    private boolean contractBroke;

    /** Of so many days; {@code progress} is told of each. */
    public DayOutcomes(Progress progress, int of) {
        this.progress = progress;
        this.of = of;
    }

    /** A day was committed. */
    public synchronized void done(DayCommit.Outcome outcome) {
        days.add(outcome.day());
        unreadable.addAll(outcome.unreadable());
        outcome.findings()
                .forEach(finding -> findings.add(new DayFinding(outcome.day().date(), finding)));
        outcome.misnamed()
                .forEach(key -> failures.add(key
                        + " is not named <source>/<list>/<HHmmss>Z.json. Move it loose into raw_data/to_process/ and run"
                        + " transform again."));
        progress.at(++done, of);
    }

    /** A day failed. */
    public void failed(LocalDate day, Throwable e) {
        failed(day, String.valueOf(e.getMessage() == null ? e : e.getMessage()), isBroken(e));
    }

    /** A day failed for this reason; {@code broken} if its counts did not add up, or it broke a contract. */
    public synchronized void failed(LocalDate day, String reason, boolean broken) {
        contractBroke |= broken;
        failures.add("Day " + day + ": " + reason);
        progress.at(++done, of);
    }

    /** True if a day's counts did not add up, or it broke a contract that it must not. */
    public static boolean isBroken(Throwable e) {
        return e instanceof CountsException || e instanceof ContractException;
    }

    /** What became of all of them. */
    public synchronized TransformResult result() {
        days.sort(Comparator.comparing(CommittedDay::date));
        failures.sort(null);
        unreadable.sort(Comparator.comparing(UnreadableObject::key));
        findings.sort(Comparator.comparing(DayFinding::date));
        return new TransformResult(
                List.copyOf(days),
                List.copyOf(unreadable),
                List.copyOf(failures),
                List.copyOf(findings),
                contractBroke);
    }
}

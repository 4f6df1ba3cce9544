package dev.chartlake.jobs.print;

import dev.chartlake.intake.IntakeReport;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.transform.TransformResult;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What was made of raw objects: what was done on {@code out}, how far it is and what went wrong on {@code err}. */
public final class TransformLines implements TransformJob.Listener {

    private static final int SHOWN = 10;

    private final PrintStream out;
    private final PrintStream err;
    private final String findings;
    private final ProgressLine progress;

    /** {@code findings} is the command that shows all findings. */
    public TransformLines(PrintStream out, PrintStream err, String findings) {
        this.out = out;
        this.err = err;
        this.findings = findings;
        this.progress = new ProgressLine(err, "Transforming");
    }

    @Override
    public void adopted(IntakeReport report) {
        report.problems().forEach(problem -> err.println("Set aside " + problem.file() + ": " + problem.reason()));
        report.notes().forEach(err::println);
    }

    @Override
    public void changed(List<LocalDate> days) {
        err.println("Not as their manifests say, or without one, and computed again: "
                + Plurals.count(days.size(), "day") + ", "
                + days.stream().limit(SHOWN).map(LocalDate::toString).collect(Collectors.joining(", "))
                + (days.size() > SHOWN ? ", …" : "") + ".");
    }

    @Override
    public void at(int done, int of) {
        progress.at(done, of);
    }

    @Override
    public void transformed(TransformResult result) {
        progress.end();
        for (UnreadableObject object : result.unreadable()) {
            err.println("Set aside " + object.key() + ": " + object.reason());
        }
        result.failures().forEach(err::println);
        QualityNotes.lines(result.findings(), findings).forEach(err::println);
        out.println(sum(result));
    }

    private static String sum(TransformResult result) {
        List<CommittedDay> days = result.days();
        if (days.isEmpty()) {
            return result.failures().isEmpty() ? "Nothing to transform." : "No day was committed.";
        }
        long entries = days.stream().mapToLong(CommittedDay::entriesWritten).sum();
        String span = days.get(0).date()
                + (days.size() > 1 ? " to " + days.get(days.size() - 1).date() : "");
        return "Transformed " + Plurals.count(days.size(), "day") + ", " + span + ": "
                + Plurals.count(entries, "entry", "entries") + " of "
                + Plurals.count(
                        days.stream().mapToLong(CommittedDay::rawObjects).sum(), "raw object") + ".";
    }
}

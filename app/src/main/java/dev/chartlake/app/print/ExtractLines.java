package dev.chartlake.app.print;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Played;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.print.Plurals;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.api.Library;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What became of lists, a line for each: snapshots on {@code out}, what went wrong on {@code err}. */
public final class ExtractLines implements Consumer<Outcome> {

    private final PrintWriter out;
    private final PrintWriter err;

    public ExtractLines(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void accept(Outcome outcome) {
        String id = outcome.list().id();
        if (outcome.result() instanceof Archived archived) {
            archived(id, archived);
        } else if (outcome.result() instanceof Played played) {
            played(id, played);
        } else if (outcome.result() instanceof Failed failed) {
            err.println(id + ": failed. " + failed.reason() + ". " + failed.cure());
        }
        err.flush();
    }

    private void played(String id, Played played) {
        String where =
                played.keys().stream().map(key -> key.in(RawState.TO_PROCESS)).collect(Collectors.joining(", "));
        out.println(id + ": "
                + (where.isEmpty() ? "no new plays" : Plurals.count(played.plays(), "play") + " -> " + where));
        out.flush();
        if (!played.warning().isEmpty()) {
            err.println(id + ": warning. " + played.warning() + ".");
        }
        err.println(id + ": done, requests: " + played.requests());
    }

    private void archived(String id, Archived archived) {
        String name = archived.name().isEmpty() ? id : id + " " + archived.name();
        String where = archived.key().in(RawState.TO_PROCESS);
        out.println(name + ": " + archived.entries() + (archived.entries() == 1 ? " entry" : " entries")
                + (archived.added() ? " -> " + where : " unchanged, already archived"));
        out.flush();
        if (!archived.complete()) {
            err.println(id + ": incomplete. " + archived.warning()
                    + ", also when asked again. The snapshot is archived and marked as incomplete: a song that"
                    + " it lacks does not count as gone. Extract the list again later.");
        } else if (!archived.warning().isEmpty()) {
            err.println(id + ": warning. " + archived.warning() + ".");
        }
        err.println(id + ": done, requests: " + archived.requests());
    }

    /** What a user's library holds. */
    public void library(Library library) {
        err.println("The library has " + Plurals.count(library.lists().size(), "list")
                + (library.hidden() == 0
                        ? ""
                        : ", and " + Plurals.count(library.hidden(), "more")
                                + " that Spotify does not show to this app: skipped"));
    }

    /** Something that the user should do soon, as a sentence or more. */
    public void warning(String text) {
        err.println("Warning: " + text);
    }

    /** The texts that name no playlist, where the others are taken. */
    public void wrong(WantedLists wanted) {
        wanted.reasons().forEach(reason -> err.println("failed. " + reason));
    }

    /** The last line of a run. */
    public void sum(WantedLists wanted, Report report) {
        long failed = report.failed() + wanted.wrong().size();
        long archived = report.outcomes().size() - report.failed() - report.upToDate();
        long incomplete = report.incomplete();
        int untried =
                wanted.lists().size() - report.before() - report.outcomes().size();
        err.println(archived + " of " + Plurals.count(wanted.count(), "list") + " archived, "
                + (incomplete == 0 ? "" : incomplete + " of them incomplete, ")
                + (report.upToDate() == 0 ? "" : report.upToDate() + " up to date, ") + failed + " failed"
                + (report.before() == 0
                        ? ""
                        : ", " + report.before() + " taken before by this run, which was interrupted")
                + (untried == 0 ? "" : ", " + untried + " not tried"));
    }
}

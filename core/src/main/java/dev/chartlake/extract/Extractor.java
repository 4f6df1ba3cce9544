package dev.chartlake.extract;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Played;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.calls.BudgetException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes snapshots of many lists, one after the other. A list that cannot be had never stops the others. */
public final class Extractor {

    private final Source source;
    private final AppFolder app;

    /** How many lists in a row got no answer. */
    private int unanswered;

    /** Reads from {@code source}; keeps a cooldown of the app. */
    public Extractor(Source source, AppFolder app) {
        this.source = source;
        this.app = app;
    }

    /** A list and what became of it. */
    public record Outcome(PlaylistRef list, ExtractResult result) {}

    /**
     * What became of all of them.
     *
     * @param outcomes the lists that were tried, in order
     * @param before how many lists were not asked for, because the run that this one goes on with has taken them
     * @param stopped why the rest was not tried; empty if all were
     */
    public record Report(List<Outcome> outcomes, int before, Optional<StopException> stopped) {

        /** How many of the tried lists have a snapshot that lacks rows. */
        public long incomplete() {
            return outcomes.stream()
                    .filter(outcome -> outcome.result() instanceof Archived archived && !archived.complete())
                    .count();
        }

        /** How many of the tried lists are of plays, and there are no new ones. */
        public long upToDate() {
            return outcomes.stream()
                    .filter(outcome -> outcome.result() instanceof Played played
                            && played.keys().isEmpty())
                    .count();
        }

        /** How many of the tried lists have no snapshot. */
        public long failed() {
            return outcomes.stream()
                    .filter(outcome -> outcome.result() instanceof Failed)
                    .count();
        }
    }

    /**
     * Extracts what is missing of a run, each list once, and tells {@code progress} after each. A list that is not begun
     * because of the time limit fails, as the limit says. The run ends when no list is left that was not tried.
     *
     * @throws IOException if the lake cannot be written
     */
    public Report run(UnfinishedRun run, TimeLimit limit, Consumer<Outcome> progress)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            boolean all = take(run, limit, outcomes, progress);
            if (all) {
                run.end();
            }
            return new Report(outcomes, run.taken(), Optional.empty());
        } catch (StopException e) {
            // The budget is kept as a count; it may be raised at any time.
            if (e instanceof RateLimitException limited && !(e instanceof BudgetException)) {
                Cooldown.begin(app, limited);
            }
            return new Report(outcomes, run.taken(), Optional.of(e));
        }
    }

    /** Returns false if there was no time for some lists. */
    private boolean take(UnfinishedRun run, TimeLimit limit, List<Outcome> outcomes, Consumer<Outcome> progress)
            throws IOException, InterruptedException {
        boolean all = true;
        for (PlaylistRef list : run.missing()) {
            Optional<Failed> late = outcomes.isEmpty() ? Optional.empty() : limit.reached();
            Outcome outcome = new Outcome(list, late.isPresent() ? late.get() : source.extract(list));
            if (outcome.result() instanceof Archived archived && archived.complete()) {
                run.took(list);
            }
            all &= late.isEmpty();
            outcomes.add(outcome);
            progress.accept(outcome);
            failOnSilence(outcome.result());
        }
        return all;
    }

    /** A second list in a row without an answer ends the run: the others would only wait for the same silence. */
    private void failOnSilence(ExtractResult result) {
        unanswered = result instanceof Failed failed && failed.why() == Why.NO_ANSWER ? unanswered + 1 : 0;
        if (unanswered == 2) {
            throw new UnreachableException("Two lists in a row got no answer, so no other list was tried."
                    + " Check the network, the proxy and the addresses, then run the same command again");
        }
    }
}

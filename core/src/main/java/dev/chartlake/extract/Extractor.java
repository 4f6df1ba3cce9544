package dev.chartlake.extract;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes snapshots of many lists, one after the other. A list that cannot be had never stops the others. */
public final class Extractor {

    private final Source source;
    private final ObjectStore store;

    /** How many lists in a row got no answer. */
    private int unanswered;

    /** Reads from {@code source}; keeps a cooldown in {@code store}. */
    public Extractor(Source source, ObjectStore store) {
        this.source = source;
        this.store = store;
    }

    /** A list and what became of it. */
    public record Outcome(PlaylistRef list, ExtractResult result) {}

    /**
     * What became of all of them.
     *
     * @param outcomes the lists that were tried, in order
     * @param stopped why the rest was not tried; empty if all were
     */
    public record Report(List<Outcome> outcomes, Optional<StopException> stopped) {

        /** How many of the tried lists have a snapshot that lacks rows. */
        public long incomplete() {
            return outcomes.stream()
                    .filter(outcome -> outcome.result() instanceof Archived archived && !archived.complete())
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
     * Extracts each list once, however often it is named, and tells {@code progress} after each. Throws {@link
     * IOException} when the lake cannot be written.
     */
    public Report run(Collection<PlaylistRef> lists, Consumer<Outcome> progress)
            throws IOException, InterruptedException {
        return run(lists, TimeLimit.NONE, progress);
    }

    /** The same within a time limit. A list that is not begun because of it fails, as the limit says. */
    public Report run(Collection<PlaylistRef> lists, TimeLimit limit, Consumer<Outcome> progress)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            for (PlaylistRef list : new LinkedHashSet<>(lists)) {
                Optional<Failed> late = outcomes.isEmpty() ? Optional.empty() : limit.reached();
                Outcome outcome = new Outcome(list, late.isPresent() ? late.get() : source.extract(list));
                outcomes.add(outcome);
                progress.accept(outcome);
                Optional<StopException> silence = silence(outcome.result());
                if (silence.isPresent()) {
                    return new Report(outcomes, silence);
                }
            }
            return new Report(outcomes, Optional.empty());
        } catch (RateLimitException e) {
            new Cooldown(e.notBefore(), e.reason()).begin(store);
            return new Report(outcomes, Optional.of(e));
        } catch (StopException e) {
            return new Report(outcomes, Optional.of(e));
        }
    }

    /** A second list in a row without an answer ends the run: the others would only wait for the same silence. */
    private Optional<StopException> silence(ExtractResult result) {
        unanswered = result instanceof Failed failed && failed.why() == Why.NO_ANSWER ? unanswered + 1 : 0;
        return unanswered < 2
                ? Optional.empty()
                : Optional.of(new UnreachableException("Two lists in a row got no answer, so no other list was tried."
                        + " Check the network, the proxy and the addresses, then run the same command again"));
    }
}

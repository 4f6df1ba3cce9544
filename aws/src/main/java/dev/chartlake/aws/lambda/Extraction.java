package dev.chartlake.aws.lambda;

import dev.chartlake.extract.Cooldown;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Extractor;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Takes snapshots within the time that an invocation has. */
final class Extraction {

    private final ObjectStore store;
    private final Clock clock;

    Extraction(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes them unless Spotify wants to be left alone. A further list is begun only while {@code millisLeft} is at least
     * {@code least}; the others fail.
     */
    Report run(SpotifyAccess access, Collection<PlaylistRef> lists, IntSupplier millisLeft, int least, Metrics metrics)
            throws IOException {
        Report report = take(access, lists, millisLeft, least);
        metrics.add(report);
        return report;
    }

    private Report take(SpotifyAccess access, Collection<PlaylistRef> lists, IntSupplier millisLeft, int least)
            throws IOException {
        Optional<Cooldown> cooldown = Cooldown.active(store, clock.instant());
        if (cooldown.isPresent()) {
            return new Report(
                    List.of(),
                    Optional.of(new RateLimitException(
                            cooldown.get().notBefore(), cooldown.get().reason())));
        }
        Extractor extractor = new Extractor(SpotifySource.open(access, store), store);
        List<Outcome> outcomes = new ArrayList<>();
        Optional<StopException> stopped = Optional.empty();
        for (PlaylistRef list : lists) {
            if (!outcomes.isEmpty() && millisLeft.getAsInt() < least) {
                outcomes.add(new Outcome(
                        list,
                        new Failed(
                                Why.UNAVAILABLE,
                                "No time was left for it before the function's time limit",
                                "Give the function more time, or share the lists among several schedules.")));
                continue;
            }
            Report one = run(extractor, list);
            outcomes.addAll(one.outcomes());
            stopped = one.stopped();
            if (stopped.isPresent()) {
                break;
            }
        }
        return new Report(outcomes, stopped);
    }

    private static Report run(Extractor extractor, PlaylistRef list) throws IOException {
        try {
            return extractor.run(List.of(list), outcome -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while " + list.id() + " was extracted");
        }
    }
}

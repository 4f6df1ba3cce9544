package dev.chartlake.jobs;

import dev.chartlake.extract.Extractor;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.Source;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.extract.UnfinishedRun;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a snapshot of each list and archives it, unless Spotify wants to be left alone. Used by one thread. */
public final class ExtractJob {

    private final Source source;
    private final ObjectStore store;
    private final AppFolder app;
    private final Clock clock;
    private final Metrics metrics;

    /**
     * Reads from {@code source}, which archives into {@code store}. {@code app} is where cooldowns are kept; {@code clock}
     * tells whether one is over.
     */
    public ExtractJob(Source source, ObjectStore store, AppFolder app, Clock clock, Metrics metrics) {
        this.source = source;
        this.store = store;
        this.app = app;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Takes the lists and tells {@code listener} what became of each. One that fails does not stop the others. After a run
     * over the same lists that was stopped or killed, only what is missing is taken. During a cooldown nothing is asked,
     * which the report gives as {@link CooldownException}.
     *
     * @throws IOException if the lake cannot be read or written
     */
    public Report run(WantedLists wanted, CooldownPolicy policy, TimeLimit limit, Consumer<Outcome> listener)
            throws IOException, InterruptedException {
        metrics.add(Metric.LISTS_FAILED, wanted.wrong().size());
        Report report = take(wanted, policy, limit, listener);
        metrics.add(report);
        return report;
    }

    private Report take(WantedLists wanted, CooldownPolicy policy, TimeLimit limit, Consumer<Outcome> listener)
            throws IOException, InterruptedException {
        if (policy == CooldownPolicy.KEEP) {
            Optional<Cooldown> cooldown = Cooldown.active(app, clock.instant());
            if (cooldown.isPresent()) {
                return new Report(List.of(), 0, cooldown.map(Cooldown::exception));
            }
        }
        Report report =
                new Extractor(source, app).run(UnfinishedRun.begin(store, wanted.lists(), clock), limit, listener);
        if (policy == CooldownPolicy.IGNORE && report.stopped().isEmpty()) {
            Cooldown.end(app);
        }
        return report;
    }
}

package dev.chartlake.metrics;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.Extractor;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TransformResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The sums of one run. Filled by one thread. */
public final class Metrics {

    private final EnumMap<Metric, Long> values = new EnumMap<>(Metric.class);

    /** Adds to a value, which begins at 0. */
    public void add(Metric metric, long amount) {
        values.merge(metric, amount, Long::sum);
    }

    /** Adds what became of the lists of one run. */
    public void add(Extractor.Report report) {
        long taken = report.outcomes().stream()
                .filter(outcome -> outcome.result() instanceof Archived archived && archived.added())
                .count();
        boolean limited =
                report.stopped().filter(RateLimitException.class::isInstance).isPresent();
        add(Metric.SNAPSHOTS_TAKEN, taken);
        add(Metric.LISTS_FAILED, report.failed());
        add(Metric.RATE_LIMITED, limited ? 1 : 0);
    }

    /** Adds how old the newest snapshot is at {@code now}, if there is one. */
    public void addAge(ObjectStore store, Instant now) throws IOException {
        NewestSnapshot.in(store)
                .ifPresent(newest -> add(
                        Metric.SNAPSHOT_AGE,
                        Math.max(0, Duration.between(newest, now).toSeconds())));
    }

    /** Adds what transforming so many days did. */
    public void add(TransformResult result, int days) {
        add(Metric.DAYS_COMMITTED, result.days().size());
        add(Metric.DAYS_FAILED, days - result.days().size());
        add(Metric.OBJECTS_QUARANTINED, result.unreadable().size());
        add(Metric.CONTRACTS_BROKEN, result.findings().size());
        for (CommittedDay day : result.days()) {
            add(Metric.ENTRIES_READ, day.entriesRead());
            add(Metric.ENTRIES_WRITTEN, day.entriesWritten());
            add(Metric.ENTRIES_REPEATED, day.entriesRepeated());
        }
    }

    /** What was measured, in the order of {@link Metric}. */
    public Map<Metric, Long> values() {
        return Collections.unmodifiableMap(values);
    }
}

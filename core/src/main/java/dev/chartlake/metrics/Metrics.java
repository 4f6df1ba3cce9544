package dev.chartlake.metrics;

import dev.chartlake.transform.Manifest;
import dev.chartlake.transform.Transformer;
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

    /** Adds what transforming one day did. */
    public void add(Transformer.Result day) {
        add(Metric.DAYS_COMMITTED, day.days().size());
        add(Metric.DAYS_FAILED, day.days().isEmpty() ? 1 : 0);
        add(Metric.OBJECTS_QUARANTINED, day.unreadable().size());
        add(Metric.CONTRACTS_BROKEN, day.findings().size());
        for (Manifest manifest : day.days()) {
            add(Metric.ENTRIES_READ, manifest.entriesRead());
            add(Metric.ENTRIES_WRITTEN, manifest.entriesWritten());
            add(Metric.ENTRIES_REPEATED, manifest.entriesRepeated());
        }
    }

    /** What was measured, in the order of {@link Metric}. */
    public Map<Metric, Long> values() {
        return Collections.unmodifiableMap(values);
    }
}

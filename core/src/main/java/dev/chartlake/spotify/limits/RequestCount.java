package dev.chartlake.spotify.limits;

import dev.chartlake.spotify.calls.BudgetException;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How many requests all apps of a developer account have sent in the last 24 hours, from all lakes of a machine, and how
 * many they may send. Some requests are taken from the budget at a time, and given back if they were not needed; so a
 * process that is killed may count for some that it did not send, and never the other way round. Used by one thread.
 */
public final class RequestCount implements Closeable {

    static final String NAME = "requests.json";
    private static final String LOCK = "requests";
    private static final int AT_A_TIME = 20;
    private static final Duration DAY = Duration.ofHours(24);
    private static final JsonFactory JSON = new JsonFactory();

    private final AppFolder folder;
    private final OptionalLong budget;
    private final Clock clock;

    private Instant hour = Instant.EPOCH;
    private long taken;

    /** {@code budget} is how many requests may be sent in 24 hours; empty for any number. */
    public RequestCount(AppFolder folder, OptionalLong budget, Clock clock) {
        this.folder = folder;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Counts one request.
     *
     * @throws BudgetException if no request may be sent any more
     * @throws IOException if the count cannot be kept
     */
    void add() throws IOException {
        if (taken == 0) {
            take();
        }
        taken--;
    }

    private void take() throws IOException {
        try (ObjectStore.Exclusive held = lock()) {
            Instant now = clock.instant();
            Map<Instant, Long> hours = read(folder.store(), folder.developer() + NAME);
            long left = budget.isPresent() ? budget.getAsLong() - sum(hours, now) : AT_A_TIME;
            if (left <= 0) {
                throw new BudgetException(free(hours, now), budget.getAsLong());
            }
            taken = Math.min(left, AT_A_TIME);
            hour = now.truncatedTo(ChronoUnit.HOURS);
            add(hours, now, taken);
        }
    }

    /** Gives back what was taken and not needed. */
    @Override
    public void close() throws IOException {
        if (taken > 0) {
            try (ObjectStore.Exclusive held = lock()) {
                add(read(folder.store(), folder.developer() + NAME), clock.instant(), -taken);
            }
            taken = 0;
        }
    }

    private ObjectStore.Exclusive lock() throws IOException {
        return folder.store().exclusive(LOCK);
    }

    private void add(Map<Instant, Long> hours, Instant now, long number) throws IOException {
        hours.merge(hour, number, Long::sum);
        hours.keySet().removeIf(at -> isOver(at, now));
        folder.store().put(folder.developer() + NAME, json(hours));
    }

    private static boolean isOver(Instant hour, Instant now) {
        return !hour.plus(1, ChronoUnit.HOURS).plus(DAY).isAfter(now);
    }

    static long sum(Map<Instant, Long> hours, Instant now) {
        return hours.entrySet().stream()
                .filter(entry -> !isOver(entry.getKey(), now))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** When the budget is below its end again: once enough hours are a day ago. */
    private Instant free(Map<Instant, Long> hours, Instant now) {
        long over = sum(hours, now) - budget.orElse(0);
        for (Map.Entry<Instant, Long> entry : hours.entrySet()) {
            over -= isOver(entry.getKey(), now) ? 0 : entry.getValue();
            if (over < 0) {
                return entry.getKey().plus(1, ChronoUnit.HOURS).plus(DAY);
            }
        }
        return now.plus(DAY);
    }

    private static byte[] json(Map<Instant, Long> hours) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            hours.forEach((hour, number) -> json.writeNumberProperty(hour.toString(), number));
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What was counted by the hour. A count that cannot be read is none. */
    static Map<Instant, Long> read(ObjectStore store, String key) throws IOException {
        Map<Instant, Long> hours = new TreeMap<>();
        byte[] bytes = store.read(key).map(ObjectStore.Versioned::bytes).orElse(new byte[0]);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_NUMBER_INT) {
                    hours.merge(Instant.parse(json.currentName()), json.getLongValue(), Long::sum);
                }
            }
        } catch (JacksonException | DateTimeException e) {
            return new TreeMap<>();
        }
        return hours;
    }
}

package dev.chartlake.transform;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayTransform;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.DayCommit.Outcome;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The steps of one day: computing and committing. The caller decides which thread or machine runs each. */
public final class SingleDay {

    /** How often a day is computed that other processes commit each time. */
    public static final int TRIES = 5;

    private SingleDay() {}

    /** Computes a day from what there is of it by now. */
    @FunctionalInterface
    public interface Again {
        /** The same day once more, not committed yet. */
        DayCommit of(LocalDate day) throws IOException;
    }

    /** Is told of a day that is read, but not written yet. */
    @FunctionalInterface
    public interface Reading {
        /** The day is read. */
        void done();
    }

    /**
     * Computes a day from what was {@code found} and writes its tables, which no reader sees yet.
     *
     * @throws dev.chartlake.day.LargeDayException if {@code transform} refuses large days, and it is one
     * @throws IOException if it cannot be read or written
     */
    public static DayCommit prepare(
            ObjectStore store,
            Publisher publisher,
            DayTransform transform,
            LocalDate day,
            DayObjects found,
            Reading reading)
            throws IOException {
        // Begun before the day is computed, because a store may have to be asked what was published before.
        Publisher.Publication publication = publisher.begin(day);
        try (ComputedDay computed = transform.compute(day, new OpenAhead(store, found.objects()))) {
            reading.done();
            return DayCommit.prepare(store, publication, found, computed);
        } catch (IOException | RuntimeException | Error e) {
            publication.close(); // the second time changes nothing
            throw e;
        }
    }

    /**
     * Commits a day. If another process committed it first, computes it {@code again} and tries once more.
     *
     * @throws IOException if it cannot be committed
     */
    public static Outcome commit(DayCommit computed, QualityGate gate, Again again) throws IOException {
        DayCommit day = computed;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try (DayCommit closing = day) {
                @Nullable Outcome outcome = closing.commit(gate);
                if (outcome != null) {
                    return outcome;
                }
            }
            day = again.of(computed.date());
        }
        day.close();
        throw changedTooOften(computed.date());
    }

    /** The failure of a day that others have committed each time it was computed. */
    public static IOException changedTooOften(LocalDate day) {
        return new IOException("Day " + day + " was changed by others " + TRIES
                + " times while it was computed. Run transform again.");
    }
}

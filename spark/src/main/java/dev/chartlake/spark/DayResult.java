package dev.chartlake.spark;

import dev.chartlake.outcome.ErrorText;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.transform.DayOutcomes;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a task made of a day. Failures are values: Spark would try the task again, and print pages of traces.
 *
 * @param day in UTC
 * @param committed what was committed; null if nothing was
 * @param failure why the day failed; null if it did not
 * @param broken true if its counts did not add up, or it broke a contract that it must not
 * @param todo what is to be done instead of this task
 */
record DayResult(
        LocalDate day,
        DayCommit.@Nullable Outcome committed,
        @Nullable String failure,
        boolean broken,
        Todo todo) implements Serializable {

    /** What is to be done with a day that was neither committed nor failed. */
    enum Todo {
        /** Nothing. */
        NOTHING,
        /** It is too large for one task. */
        SPLIT,
        /** Another process committed it first, so it must be computed again. */
        AGAIN
    }

    static DayResult committed(DayCommit.Outcome outcome) {
        return new DayResult(outcome.day().date(), outcome, null, false, Todo.NOTHING);
    }

    static DayResult failed(LocalDate day, Throwable e) {
        return new DayResult(day, null, ErrorText.of(e), DayOutcomes.isBroken(e), Todo.NOTHING);
    }

    static DayResult failed(LocalDate day, String reason) {
        return new DayResult(day, null, reason, false, Todo.NOTHING);
    }

    static DayResult todo(LocalDate day, Todo todo) {
        return new DayResult(day, null, null, false, todo);
    }
}

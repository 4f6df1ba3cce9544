package dev.chartlake.spark;

import dev.chartlake.day.DayRun;
import dev.chartlake.model.Table;
import java.io.Serializable;

/** What goes from the tasks that compute the runs of a day to the one that makes the day of them. */
sealed interface Shipped extends Serializable {

    /** Bytes of a piece of a run, which has so many {@code rows} and begins at {@code offset} of the piece. */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    record Rows(int run, int part, Table table, long rows, long offset, byte[] bytes) implements Shipped {}

    /** What is said of the raw objects of a run: the last thing that a run sends. */
    record Said(int run, DayRun.Summary summary) implements Shipped {}

    /** A run that failed. */
    record Failed(int run, String reason) implements Shipped {}
}

package dev.chartlake.publish;

import dev.chartlake.lake.Manifest;
import java.io.Serializable;
import java.time.LocalDate;

/**
 * What is told of a day that was committed: its sums, because the manifest of a day of many raw objects is large.
 *
 * @param date in UTC
 * @param rawObjects how many raw objects its rows come from
 * @param entriesRead entries in all of them
 * @param entriesWritten rows of {@code playlist_entries} and {@code plays}
 * @param entriesRepeated entries that have no row, because the same snapshot had filled their position before
 */
public record CommittedDay(LocalDate date, int rawObjects, long entriesRead, long entriesWritten, long entriesRepeated)
        implements Serializable {

    static CommittedDay of(Manifest manifest) {
        return new CommittedDay(
                manifest.date(),
                manifest.raw().size(),
                manifest.entriesRead(),
                manifest.entriesWritten(),
                manifest.entriesRepeated());
    }
}

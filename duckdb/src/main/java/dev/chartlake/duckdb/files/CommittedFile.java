package dev.chartlake.duckdb.files;

import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.DayCure;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.store.LocalStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A file that a query reads, as it was committed.
 *
 * @param key in the lake
 * @param size in bytes
 * @param crc32c its checksum, eight hexadecimal digits
 * @param date the day that it is of; null for a copy of a month or year
 */
public record CommittedFile(
        String key, long size, String crc32c, @Nullable LocalDate date) {

    boolean hasItsSize(Path lake) {
        return new File(lake.toFile(), key).length() == size;
    }

    /** What is wrong with its bytes, and the cure; null if they are those that were committed. */
    @Nullable public Problem problem(Path lake) {
        var store = new LocalStore(lake);
        try {
            var sum = Checksums.of(() -> store.open(key));
            return sum.equals(new Checksums.Sum(size, crc32c))
                    ? null
                    : new Problem(
                            date,
                            key,
                            "is damaged: its checksum is " + sum.crc32c() + ", and was " + crc32c
                                    + " when it was written",
                            cure(store));
        } catch (IOException e) {
            return new Problem(date, key, "cannot be read: " + e.getMessage(), cure(store));
        }
    }

    /** The same as sentences. */
    @Nullable String damage(Path lake) {
        var problem = problem(lake);
        return problem == null ? null : key + " " + problem.problem() + ". " + problem.cure();
    }

    private String cure(LocalStore store) {
        return date == null ? Marker.cure(store) : DayCure.again(store, date);
    }
}

package dev.chartlake.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one table and day, sorted by the table's key, a few in memory at a time. Used by one thread. */
public interface DayTableRows extends Closeable {

    /**
     * The next row, or null after the last one. Its values are in the order of {@link dev.chartlake.model.Table#columns()}
     * and null, or by their column's type: {@link String}, {@link Integer}, {@link Long} for {@code BIGINT},
     * {@link Boolean}, {@link java.time.LocalDate}, and for {@code TIMESTAMP} {@link java.time.LocalDateTime} in UTC. The
     * list is the caller's.
     *
     * @throws DayException if the rows cannot be read, or their number is not the manifest's
     */
    @Nullable List<@Nullable Object> next() throws IOException;
}

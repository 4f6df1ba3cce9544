package dev.chartlake.query;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of one query: {@link #columns} once, {@link #row} for each row, {@link #end} once. After a failure
 * {@code end} is not called. Used by one thread and for one query.
 */
public interface ResultSink {

    /** The columns of every row that follows. Two columns can have the same name. */
    void columns(List<ResultColumn> columns) throws IOException;

    /**
     * One row, with a value for each column. A value is null, {@link String}, {@link Boolean}, {@link Number},
     * {@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.time.LocalDateTime},
     * {@link java.time.OffsetDateTime}, a {@link List} of values, or a {@link java.util.Map} of text to values.
     */
    void row(List<@Nullable Object> values) throws IOException;

    /** All rows have been handed over. */
    void end() throws IOException;
}

package dev.chartlake.aws.dynamodb;

import dev.chartlake.load.DayTableRows;
import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a table in its order, one at a time or those that belong to a row of another table. Counts them. */
final class Groups implements Closeable {

    private final Table table;
    private final DayTableRows rows;
    private @Nullable List<@Nullable Object> ahead;
    private long count;

    Groups(Table table, DayTableRows rows) throws IOException {
        this.table = table;
        this.rows = rows;
        this.ahead = rows.next();
    }

    /** A row whose values are asked for by their columns' names. */
    record Row(Table table, List<@Nullable Object> values) {

        @Nullable Object value(String column) {
            for (int i = 0; i < table.columns().size(); i++) {
                if (table.columns().get(i).name().equals(column)) {
                    return values.get(i);
                }
            }
            throw new IllegalArgumentException(table + " has no column " + column);
        }

        String text(String column) {
            return String.valueOf(value(column));
        }

        /** The values of the key's columns, which are never null. */
        Object[] key() {
            return table.key().stream()
                    .map(column -> Objects.requireNonNull(value(column.name())))
                    .toArray();
        }

        Instant observedAt() {
            return ((LocalDateTime) Objects.requireNonNull(value("observed_at"))).toInstant(ZoneOffset.UTC);
        }
    }

    /** The next row, or null after the last one. */
    @Nullable Row next() throws IOException {
        List<@Nullable Object> row = ahead;
        if (row == null) {
            return null;
        }
        count++;
        ahead = rows.next();
        return new Row(table, row);
    }

    /** The next row if its first columns are {@code key}, else null. */
    @Nullable Row nextOf(Object... key) throws IOException {
        return ahead != null && ahead.subList(0, key.length).equals(List.of(key)) ? next() : null;
    }

    /** How many rows were handed out. */
    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

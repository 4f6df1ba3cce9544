package dev.chartlake.quality;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import java.util.ArrayList;
import java.util.List;

/** Keys are unique: rows come in their order, so that equal ones follow each other. And {@code observed_at}, or {@code played_at}, is of the day. */
final class KeyCheck implements TableCheck {

    private final Table table;
    private final Findings findings;
    private final List<Column> key;
    private final int lastColumn;
    private final boolean lastIsLong;
    private final int observedAt;
    private final long from;
    private final long to;
    /** The key of the last row of the rows before, whose texts are forgotten. */
    private List<Object> last = List.of();

    /** A day begins at {@code from} and ends before {@code to}, in microseconds since 1970. */
    KeyCheck(Table table, Findings findings, long from, long to) {
        this.table = table;
        this.findings = findings;
        this.key = table.key();
        this.lastColumn = key.size() - 1;
        this.lastIsLong = TableRows.isLong(key.get(lastColumn).type());
        this.observedAt = table.place(table == Table.PLAYS ? "played_at" : "observed_at");
        this.from = from;
        this.to = to;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        if (order.length == 0) {
            return;
        }
        if (values(rows, order[0]).equals(last)) {
            twice(rows, order[0]);
        }
        int before = -1;
        long valueBefore = 0;
        for (int row : order) {
            // The last column of the key is the one in which rows that follow each other differ most.
            long value = lastIsLong ? rows.bigint(row, lastColumn) : rows.integer(row, lastColumn);
            if (value == valueBefore && before >= 0 && same(rows, before, row)) {
                twice(rows, row);
            }
            long at = rows.bigint(row, observedAt);
            if (at < from || at >= to) {
                findings.add(
                        Contract.OBSERVED_ON_DAY,
                        list(rows, row),
                        () -> said(rows, row) + ": "
                                + table.columns().get(observedAt).name() + " is " + SnapshotSizes.time(at));
            }
            before = row;
            valueBefore = value;
        }
        last = values(rows, before);
    }

    private boolean same(TableRows rows, int a, int b) {
        for (int c = lastColumn - 1; c >= 0; c--) {
            boolean equal = TableRows.isLong(key.get(c).type())
                    ? rows.bigint(a, c) == rows.bigint(b, c)
                    : rows.integer(a, c) == rows.integer(b, c);
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    private void twice(TableRows rows, int row) {
        findings.add(Contract.KEYS_UNIQUE, list(rows, row), () -> said(rows, row) + " is there twice");
    }

    private List<Object> values(TableRows rows, int row) {
        List<Object> values = new ArrayList<>();
        for (int c = 0; c < key.size(); c++) {
            ColumnType type = key.get(c).type();
            if (type == ColumnType.TEXT) {
                values.add(TableCheck.text(rows, row, c));
            } else {
                values.add(TableRows.isLong(type) ? rows.bigint(row, c) : rows.integer(row, c));
            }
        }
        return values;
    }

    /** The list a row belongs to, or empty for songs, albums and artists. */
    private String list(TableRows rows, int row) {
        boolean ofList = table == Table.PLAYLISTS || table == Table.PLAYLIST_ENTRIES;
        return ofList
                ? TableCheck.text(rows, row, SnapshotSizes.SOURCE) + "/"
                        + TableCheck.text(rows, row, SnapshotSizes.LIST)
                : "";
    }

    private String said(TableRows rows, int row) {
        StringBuilder said = new StringBuilder(table.sqlName());
        List<Object> values = values(rows, row);
        for (int c = 0; c < values.size(); c++) {
            boolean time = key.get(c).type() == ColumnType.TIMESTAMP;
            said.append(c == 0 ? " " : ", ").append(time ? SnapshotSizes.time((Long) values.get(c)) : values.get(c));
        }
        return said.toString();
    }
}

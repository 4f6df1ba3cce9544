package dev.chartlake.quality;

import static dev.chartlake.table.TableRows.NO_INT;
import static dev.chartlake.table.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;

/** What holds for songs, albums and artists: their ids, and numbers that have bounds. */
final class CatalogueCheck implements TableCheck {

    private static final int DURATION = TableCheck.column(Table.SONGS, "duration_ms");
    private static final int POPULARITY = TableCheck.column(Table.SONGS, "popularity");
    private static final int DISC = TableCheck.column(Table.SONGS, "disc_number");
    private static final int TRACK = TableCheck.column(Table.SONGS, "track_number");
    private static final int TRACKS = TableCheck.column(Table.ALBUMS, "total_tracks");
    private static final int RELEASE = TableCheck.column(Table.ALBUMS, "release_date");
    private static final int RELEASE_TEXT = TableCheck.column(Table.ALBUMS, "release_date_text");

    private static final long DAY_MS = 86_400_000;
    private static final int FIRST_YEAR = 1860;
    private static final int FULL_DATE = 10;

    private final Table table;
    private final Findings findings;
    private final int lastYear;

    /** Looks at songs, albums or artists of a day in {@code year}. */
    CatalogueCheck(Table table, Findings findings, int year) {
        this.table = table;
        this.findings = findings;
        this.lastYear = year + 1;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        for (int row : order) {
            if (!IdCheck.isId(rows, row, 0)) {
                found(
                        Contract.IDS_WELL_FORMED,
                        rows,
                        row,
                        rows.table().columns().get(0).name() + " is not an id");
            }
            if (table == Table.SONGS) {
                song(rows, row);
            } else if (table == Table.ALBUMS) {
                album(rows, row);
            }
        }
    }

    private void song(TableRows rows, int row) {
        int popularity = rows.integer(row, POPULARITY);
        if (popularity != NO_INT && (popularity < 0 || popularity > 100)) {
            found(Contract.POPULARITY_IN_BOUNDS, rows, row, "popularity is " + popularity);
        }
        long duration = rows.bigint(row, DURATION);
        if (duration != NO_LONG && (duration <= 0 || duration >= DAY_MS)) {
            found(Contract.DURATION_IN_BOUNDS, rows, row, "duration_ms is " + duration);
        }
        fromOne(rows, row, DISC);
        fromOne(rows, row, TRACK);
    }

    private void fromOne(TableRows rows, int row, int column) {
        int number = rows.integer(row, column);
        if (number < 1 && number != NO_INT) {
            String name = rows.table().columns().get(column).name();
            found(Contract.NUMBERS_IN_BOUNDS, rows, row, name + " is " + number);
        }
    }

    private void album(TableRows rows, int row) {
        fromOne(rows, row, TRACKS);
        int text = rows.integer(row, RELEASE_TEXT);
        if (text == Strings.NULL) {
            return;
        }
        int length = rows.strings().length(text);
        boolean unreadable = length == FULL_DATE && rows.integer(row, RELEASE) == NO_INT;
        int year = year(rows.strings(), text);
        if (unreadable || year < FIRST_YEAR || year > lastYear) {
            found(Contract.RELEASE_IN_BOUNDS, rows, row, "release date is " + TableCheck.text(rows, row, RELEASE_TEXT));
        }
    }

    /** The year that a date begins with, or -1. */
    private static int year(Strings strings, int text) {
        if (strings.length(text) < 4) {
            return -1;
        }
        int year = 0;
        for (int i = 0; i < 4; i++) {
            int digit = strings.bytes()[strings.start(text) + i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            year = year * 10 + digit;
        }
        return year;
    }

    private void found(Contract contract, TableRows rows, int row, String what) {
        findings.add(contract, "", () -> table.sqlName() + " " + TableCheck.text(rows, row, 0) + ": " + what);
    }
}

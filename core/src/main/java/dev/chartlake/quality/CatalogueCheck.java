package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;

/** What holds for songs, albums and artists: their ids, and numbers that have bounds. */
final class CatalogueCheck implements TableCheck {

    private static final int DURATION = Table.SONGS.place("duration_ms");
    private static final int POPULARITY = Table.SONGS.place("popularity");
    private static final int DISC = Table.SONGS.place("disc_number");
    private static final int TRACK = Table.SONGS.place("track_number");
    private static final int TRACKS = Table.ALBUMS.place("total_tracks");
    private static final int RELEASE_TEXT = Table.ALBUMS.place("release_date_text");

    private static final long DAY_MS = 86_400_000;

    private final Table table;
    private final Findings findings;
    private final boolean songs;
    private final boolean albums;
    private final WellFormedTexts good;
    private final int year;

    /** Looks at songs, albums or artists of a day in {@code year}. */
    CatalogueCheck(Table table, Findings findings, WellFormedTexts good, int year) {
        this.table = table;
        this.songs = table == Table.SONGS;
        this.albums = table == Table.ALBUMS;
        this.findings = findings;
        this.good = good;
        this.year = year;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        good.use(rows.strings(), year + 1);
        for (int row : order) {
            if (!good.isId(rows.integer(row, ID))) {
                found(
                        Contract.IDS_WELL_FORMED,
                        rows,
                        row,
                        rows.table().columns().get(ID).name() + " is not an id");
            }
            if (songs) {
                song(rows, row);
            } else if (albums) {
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
        if (text != Strings.NULL && !good.isRelease(text)) {
            found(Contract.RELEASE_IN_BOUNDS, rows, row, "release date is " + TableCheck.text(rows, row, RELEASE_TEXT));
        }
    }

    private void found(Contract contract, TableRows rows, int row, String what) {
        findings.add(contract, "", () -> table.sqlName() + " " + TableCheck.text(rows, row, ID) + ": " + what);
    }
}

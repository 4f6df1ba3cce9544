package dev.chartlake.quality;

import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.Map;
import java.util.Objects;

/**
 * Every song, album and artist that a row names has a row itself. Looks at a day, or at each part of one: merging parts
 * keeps every key, so what is whole in each of them is whole together.
 */
final class ReferenceCheck {

    private static final byte SONG = 1;
    private static final byte ALBUM = 2;
    private static final byte ARTIST = 4;

    private final Map<Table, TableRows> tables;
    private final Findings findings;

    ReferenceCheck(Map<Table, TableRows> tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
    }

    void check() {
        byte[] known = new byte[rows(Table.SONGS).strings().count()];
        mark(Table.SONGS, SONG, known);
        mark(Table.ALBUMS, ALBUM, known);
        mark(Table.ARTISTS, ARTIST, known);
        check(Table.PLAYLIST_ENTRIES, "song_id", SONG, known);
        check(Table.SONGS, "album_id", ALBUM, known);
        check(Table.SONGS, "artist_id", ARTIST, known);
        check(Table.SONG_ARTISTS, "song_id", SONG, known);
        check(Table.SONG_ARTISTS, "artist_id", ARTIST, known);
        check(Table.ALBUM_ARTISTS, "album_id", ALBUM, known);
        check(Table.ALBUM_ARTISTS, "artist_id", ARTIST, known);
    }

    private TableRows rows(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    private void mark(Table table, byte kind, byte[] known) {
        TableRows rows = rows(table);
        known[Strings.NULL] |= kind; // who names nobody lacks nobody
        for (int row = 0; row < rows.size(); row++) {
            known[rows.integer(row, TableCheck.ID)] |= kind;
        }
    }

    private void check(Table table, String name, byte kind, byte[] known) {
        TableRows rows = rows(table);
        int column = table.place(name);
        for (int row = 0; row < rows.size(); row++) {
            if ((known[rows.integer(row, column)] & kind) == 0) {
                String text = TableCheck.text(rows, row, column);
                findings.add(
                        Contract.REFERENCES_WHOLE,
                        "",
                        () -> table.sqlName() + " names " + name + " " + text + ", which has no row");
            }
        }
    }
}

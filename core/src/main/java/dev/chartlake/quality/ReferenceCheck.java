package dev.chartlake.quality;

import dev.chartlake.model.Table;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/**
 * Every song, album and artist that a row names has a row itself. Looks at a day, or at each part of one: merging parts
 * keeps every key, so what is whole in each of them is whole together.
 */
final class ReferenceCheck {

    private final Map<Table, TableRows> tables;
    private final Findings findings;

    ReferenceCheck(Map<Table, TableRows> tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
    }

    void check() {
        BitSet songs = ids(Table.SONGS);
        BitSet albums = ids(Table.ALBUMS);
        BitSet artists = ids(Table.ARTISTS);
        check(Table.PLAYLIST_ENTRIES, "song_id", songs);
        check(Table.SONGS, "album_id", albums);
        check(Table.SONGS, "artist_id", artists);
        check(Table.SONG_ARTISTS, "song_id", songs);
        check(Table.SONG_ARTISTS, "artist_id", artists);
        check(Table.ALBUM_ARTISTS, "album_id", albums);
        check(Table.ALBUM_ARTISTS, "artist_id", artists);
    }

    private TableRows rows(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    private BitSet ids(Table table) {
        TableRows rows = rows(table);
        BitSet ids = new BitSet(rows.strings().count());
        for (int row = 0; row < rows.size(); row++) {
            ids.set(rows.integer(row, 0));
        }
        return ids;
    }

    private void check(Table table, String name, BitSet known) {
        TableRows rows = rows(table);
        int column = TableCheck.column(table, name);
        for (int row = 0; row < rows.size(); row++) {
            int id = rows.integer(row, column);
            if (id != Strings.NULL && !known.get(id)) {
                String text = TableCheck.text(rows, row, column);
                findings.add(
                        Contract.REFERENCES_WHOLE,
                        "",
                        () -> table.sqlName() + " names " + name + " " + text + ", which has no row");
            }
        }
    }
}

package dev.chartlake.transform;

import static dev.chartlake.table.TableRows.NO_INT;
import static dev.chartlake.table.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.normalise.Credits;
import dev.chartlake.normalise.Entry;
import dev.chartlake.normalise.Kind;
import dev.chartlake.normalise.Snapshot;
import dev.chartlake.normalise.Texts;
import dev.chartlake.raw.RawKey;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

/**
 * The seven tables of a day, or of a part of it. Snapshots must be added in the order of their {@link RawKey}s: each field
 * takes the last value that is not null, so the order of arrival never matters. Used by one thread.
 */
final class DayRows {

    private final Strings strings;
    private final Map<Table, TableRows> tables = new EnumMap<>(Table.class);
    private final TableRows playlists;
    private final TableRows entries;
    private final TableRows songs;
    private final TableRows albums;
    private final TableRows artists;
    private final RowsById songRows = new RowsById();
    private final RowsById albumRows = new RowsById();
    private final RowsById artistRows = new RowsById();
    private final CreditLists songCredits = new CreditLists();
    private final CreditLists albumCredits = new CreditLists();
    private final int[] kinds = new int[Kind.values().length];

    private int source;
    private int list;
    private long observedAt;

    DayRows(Strings strings) {
        this.strings = strings;
        playlists = table(Table.PLAYLISTS);
        entries = table(Table.PLAYLIST_ENTRIES);
        songs = table(Table.SONGS);
        albums = table(Table.ALBUMS);
        artists = table(Table.ARTISTS);
        for (Kind kind : Kind.values()) {
            kinds[kind.ordinal()] = strings.intern(kind.text());
        }
    }

    private TableRows table(Table table) {
        TableRows rows = new TableRows(table, strings);
        tables.put(table, rows);
        return rows;
    }

    /** Where the texts of all tables are. */
    Strings strings() {
        return strings;
    }

    /** Starts the snapshot with this key; its entries and its list follow. */
    void start(RawKey key) {
        source = strings.intern(key.source());
        list = strings.intern(key.list());
        observedAt = ChronoUnit.MICROS.between(Instant.EPOCH, key.observedAt());
    }

    /** Adds what the snapshot says of the list itself. */
    void addPlaylist(RawKey key, Snapshot snapshot) {
        int row = playlists.add();
        playlists.ints(0)[row] = source;
        playlists.ints(1)[row] = list;
        playlists.longs(2)[row] = observedAt;
        playlists.ints(3)[row] = snapshot.name;
        playlists.ints(4)[row] = snapshot.ownerId;
        playlists.ints(5)[row] = snapshot.ownerName;
        playlists.ints(6)[row] = snapshot.description;
        playlists.ints(7)[row] = snapshot.url != Strings.NULL ? snapshot.url : link(key);
        playlists.ints(8)[row] = snapshot.imageUrl;
        playlists.longs(9)[row] = snapshot.followers;
        playlists.ints(10)[row] = snapshot.spotifySnapshotId;
        playlists.ints(11)[row] = snapshot.total;
    }

    /** The page of a list whose answer does not name it. */
    private int link(RawKey key) {
        boolean playlist = key.source().equals(RawKey.WEB_API) && Texts.isId(key.list());
        return playlist ? strings.intern("https://open.spotify.com/playlist/" + key.list()) : Strings.NULL;
    }

    /** Adds the entries that the snapshot holds, and the songs, albums and artists in them. */
    void addEntries(Snapshot snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            Entry entry = snapshot.entry(i);
            add(entry);
            if (entry.kind == Kind.TRACK) {
                song(entry);
                if (entry.albumId != Strings.NULL) {
                    album(entry);
                }
            }
        }
    }

    private void add(Entry entry) {
        int row = entries.add();
        entries.ints(0)[row] = source;
        entries.ints(1)[row] = list;
        entries.longs(2)[row] = observedAt;
        entries.ints(3)[row] = entry.position;
        entries.ints(4)[row] = kinds[entry.kind.ordinal()];
        entries.ints(5)[row] = entry.itemUri;
        entries.ints(6)[row] = entry.songId;
        entries.ints(7)[row] = entry.songName;
        entries.ints(8)[row] = entry.artistNames;
        entries.longs(9)[row] = entry.addedAt;
        entries.ints(10)[row] = entry.addedBy;
        entries.longs(11)[row] = entry.streams;
        entries.ints(12)[row] = entry.reportedPeak;
        entries.ints(13)[row] = entry.reportedPrevious;
        entries.ints(14)[row] = entry.reportedPeriods;
    }

    private void song(Entry entry) {
        int row = row(songs, songRows, entry.songId);
        text(songs, 2, row, entry.songName);
        number(songs, 3, row, entry.durationMs);
        text(songs, 4, row, entry.songUrl);
        number(songs, 5, row, entry.popularity);
        number(songs, 6, row, entry.explicit);
        text(songs, 7, row, entry.isrc);
        number(songs, 8, row, entry.discNumber);
        number(songs, 9, row, entry.trackNumber);
        text(songs, 10, row, entry.albumId);
        text(songs, 11, row, credits(songCredits, row, entry.songArtists));
        text(songs, 12, row, entry.artistNames);
    }

    private void album(Entry entry) {
        int row = row(albums, albumRows, entry.albumId);
        text(albums, 2, row, entry.albumName);
        text(albums, 3, row, entry.albumType);
        release(row, entry);
        number(albums, 7, row, entry.totalTracks);
        text(albums, 8, row, entry.albumUrl);
        text(albums, 9, row, entry.imageUrl);
        credits(albumCredits, row, entry.albumArtists);
    }

    /** Date, text and precision of a release belong together: they change together or not at all. */
    private void release(int row, Entry entry) {
        int text = entry.releaseText;
        if (text == Strings.NULL || albums.ints(5)[row] == text) {
            return;
        }
        albums.ints(4)[row] = Texts.releaseDay(strings.bytes(), strings.start(text), strings.length(text));
        albums.ints(5)[row] = text;
        albums.ints(6)[row] = entry.releasePrecision;
    }

    /** Adds the artists, and returns the first one's id. */
    private int credits(CreditLists lists, int row, Credits credits) {
        boolean named = false;
        for (int i = 0; i < credits.size(); i++) {
            int id = credits.id(i);
            if (id != Strings.NULL) {
                int artist = row(artists, artistRows, id);
                text(artists, 2, artist, credits.name(i));
                text(artists, 3, artist, credits.url(i));
                named = true;
            }
        }
        if (!named) {
            return Strings.NULL;
        }
        lists.set(row, credits, observedAt);
        return credits.id(0);
    }

    private int row(TableRows rows, RowsById byId, int id) {
        int row = byId.find(id);
        if (row < 0) {
            row = rows.add();
            rows.ints(0)[row] = id;
            byId.put(id, row);
        }
        rows.longs(1)[row] = observedAt;
        return row;
    }

    private static void text(TableRows rows, int column, int row, int value) {
        if (value != Strings.NULL) {
            rows.ints(column)[row] = value;
        }
    }

    private static void number(TableRows rows, int column, int row, int value) {
        if (value != NO_INT) {
            rows.ints(column)[row] = value;
        }
    }

    private static void number(TableRows rows, int column, int row, long value) {
        if (value != NO_LONG) {
            rows.longs(column)[row] = value;
        }
    }

    /** All seven tables, complete. Nothing can be added afterwards. */
    Map<Table, TableRows> finish() {
        songCredits.write(songs, table(Table.SONG_ARTISTS));
        albumCredits.write(albums, table(Table.ALBUM_ARTISTS));
        return tables;
    }
}

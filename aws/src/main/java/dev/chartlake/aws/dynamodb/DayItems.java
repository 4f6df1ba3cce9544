package dev.chartlake.aws.dynamodb;

import dev.chartlake.aws.dynamodb.Groups.Row;
import dev.chartlake.load.LoadDay;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A day's rows as observations of items. Nothing is invented: what a row does not say is no attribute, and lists hold the
 * ids that the rows have.
 */
final class DayItems {

    private final LoadDay day;
    private final ItemForm form;
    private final Sink sink;
    private final Map<Table, Long> taken = new EnumMap<>(Table.class);

    /** Where observations go, one for each item of a table. */
    interface Sink {
        void add(ItemTable table, Observation observation) throws IOException;
    }

    DayItems(LoadDay day, ItemForm form, Sink sink) {
        this.day = day;
        this.form = form;
        this.sink = sink;
    }

    /** Hands on all observations; returns how many rows of each table are in them. */
    Map<Table, Long> run() throws IOException {
        try (Groups artists = open(Table.ARTISTS)) {
            for (Row row = artists.next(); row != null; row = artists.next()) {
                String id = row.text("artist_id");
                sink.add(
                        ItemTable.ARTIST,
                        new Observation(id, row.observedAt())
                                .text("artist_name", row.value("artist_name"))
                                .text("artist_uri", "spotify:artist:" + id)
                                .text("artist_url", form.artistUrl(id, row.value("url"))));
            }
            took(artists, Table.ARTISTS);
        }
        try (Groups albums = open(Table.ALBUMS);
                Groups artists = open(Table.ALBUM_ARTISTS)) {
            for (Row row = albums.next(); row != null; row = albums.next()) {
                sink.add(ItemTable.ALBUM, album(row, artists));
            }
            took(albums, Table.ALBUMS);
            took(artists, Table.ALBUM_ARTISTS);
        }
        try (Groups songs = open(Table.SONGS);
                Groups artists = open(Table.SONG_ARTISTS)) {
            for (Row row = songs.next(); row != null; row = songs.next()) {
                sink.add(ItemTable.TRACK, track(row, artists));
            }
            took(songs, Table.SONGS);
            took(artists, Table.SONG_ARTISTS);
        }
        playlists();
        return taken;
    }

    private Observation album(Row row, Groups artists) throws IOException {
        String id = row.text("album_id");
        Observation album = new Observation(id, row.observedAt())
                .text("album_name", row.value("name"))
                .number("album_num_tracks", row.value("total_tracks"))
                .text("album_release_date", row.value("release_date_text"))
                .text("album_uri", "spotify:album:" + id)
                .text("album_url", form.albumUrl(id, row.value("url")));
        return credited(album, "album_artists", artists);
    }

    private static Observation track(Row row, Groups artists) throws IOException {
        String id = row.text("song_id");
        Observation track = new Observation(id, row.observedAt())
                .text("track_name", row.value("song_name"))
                .text("track_album", row.value("album_id"))
                .number("track_duration", row.value("duration_ms"))
                .number("track_popularity", row.value("popularity"))
                .text("track_uri", "spotify:track:" + id);
        return credited(track, "track_artists", artists);
    }

    /** Without rows nothing is known of the artists, which is not the same as that there are none. */
    private static Observation credited(Observation observation, String name, Groups artists) throws IOException {
        List<String> ids = new ArrayList<>();
        Instant at = observation.observedAt();
        for (Row row = artists.nextOf(observation.key()); row != null; row = artists.nextOf(observation.key())) {
            ids.add(row.text("artist_id"));
            at = row.observedAt();
        }
        return ids.isEmpty() ? observation : observation.ids(name, ids, at);
    }

    /** Of a list's snapshots on the day the last one counts; what it does not say is taken from those before. */
    private void playlists() throws IOException {
        try (Groups playlists = open(Table.PLAYLISTS);
                Groups entries = open(Table.PLAYLIST_ENTRIES)) {
            @Nullable Observation list = null;
            for (Row row = playlists.next(); row != null; row = playlists.next()) {
                String source = row.text("source");
                String id = row.text("playlist_id");
                String key = form.playlistKey(source, id);
                if (list != null && !list.key().equals(key)) {
                    sink.add(ItemTable.PLAYLIST, list);
                    list = null;
                }
                Instant at = row.observedAt();
                if (list == null) {
                    list = new Observation(key, at);
                }
                list.at(at);
                list.text("playlist_url", form.playlistUrl(source, id, row.value("url")))
                        .ids(ItemTable.PLAYLIST_TRACKS, tracks(entries, row), at);
            }
            if (list != null) {
                sink.add(ItemTable.PLAYLIST, list);
            }
            took(playlists, Table.PLAYLISTS);
            took(entries, Table.PLAYLIST_ENTRIES);
        }
    }

    private static List<String> tracks(Groups entries, Row playlist) throws IOException {
        Object[] key = playlist.key();
        List<String> ids = new ArrayList<>();
        for (Row entry = entries.nextOf(key); entry != null; entry = entries.nextOf(key)) {
            if (entry.value("song_id") != null) {
                ids.add(entry.text("song_id"));
            }
        }
        return ids;
    }

    private Groups open(Table table) throws IOException {
        return new Groups(table, day.rows(table));
    }

    private void took(Groups groups, Table table) {
        taken.put(table, groups.count());
    }
}

package dev.chartlake.normalise;

import dev.chartlake.entry.Credits;
import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.raw.RawKey;
import dev.chartlake.text.Strings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One {@link RawReader} for one document after the other, and what it found in the form of {@link ModelReader}. */
public final class ReaderUnderTest {

    private static final RawKey JSON =
            new RawKey(RawKey.WEB_API, "0123456789abcdefABCDEF", Instant.parse("2026-11-21T08:30:15Z"), "json");
    private static final RawKey CSV =
            new RawKey(RawKey.CHARTS, "regional-no-weekly", Instant.parse("2026-11-21T00:00:00Z"), "csv");

    private final RawReader reader = new RawReader(4 << 20);
    private final Snapshot snapshot = new Snapshot(8 << 20);
    private Strings strings = new Strings();

    /** How many entries the sink got in each piece. */
    public final List<Integer> pieces = new ArrayList<>();

    /** About how many bytes the texts need that are kept. */
    public long textMemory() {
        return strings.memory();
    }

    public long unreadable() {
        return snapshot.unreadable();
    }

    public String firstUnreadable() {
        return snapshot.firstUnreadable();
    }

    /** A new day starts: texts get new numbers, while the reader stays. */
    public void newDay() {
        strings = new Strings();
    }

    public ModelReader.Reading read(String json) throws IOException {
        return read(JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    public ModelReader.Reading read(byte[] json) throws IOException {
        return read(JSON, json);
    }

    public ModelReader.Reading readCsv(String csv) throws IOException {
        return read(CSV, csv.getBytes(StandardCharsets.UTF_8));
    }

    private ModelReader.Reading read(RawKey key, byte[] document) throws IOException {
        List<Map<String, Object>> entries = new ArrayList<>();
        pieces.clear();
        reader.read(key, () -> new ByteArrayInputStream(document), strings, snapshot, piece -> {
            pieces.add(piece.size());
            for (int i = 0; i < piece.size(); i++) {
                entries.add(entry(piece.entry(i)));
            }
        });
        Map<String, Object> list = new TreeMap<>();
        string(list, "list_id", snapshot.listId);
        string(list, "name", snapshot.name);
        string(list, "owner_id", snapshot.ownerId);
        string(list, "owner_name", snapshot.ownerName);
        string(list, "description", snapshot.description);
        string(list, "url", snapshot.url);
        string(list, "image_url", snapshot.imageUrl);
        number(list, "followers", snapshot.followers);
        string(list, "spotify_snapshot_id", snapshot.spotifySnapshotId);
        number(list, "total", snapshot.total);
        return new ModelReader.Reading(list, entries, snapshot.read(), snapshot.repeated());
    }

    /** What a table is made of: the song and album count only where the entry is a song. */
    private Map<String, Object> entry(Entry entry) {
        Map<String, Object> to = new TreeMap<>();
        Item item = entry.item;
        to.put("position", entry.position);
        to.put("kind", entry.kind);
        text(to, "item_uri", item.uri);
        number(to, "added_at", entry.addedAt);
        text(to, "added_by", entry.addedBy);
        text(to, "artist_names", item.artistNames);
        text(to, "song_name", item.name);
        text(to, "label", item.label);
        text(to, "song_id", entry.kind == EntryKind.TRACK ? item.songId : Strings.NULL);
        number(to, "streams", entry.streams);
        number(to, "reported_peak", entry.reportedPeak);
        number(to, "reported_previous", entry.reportedPrevious);
        number(to, "reported_periods", entry.reportedPeriods);
        if (entry.kind == EntryKind.TRACK) {
            number(to, "duration_ms", item.durationMs);
            text(to, "song_url", item.url);
            number(to, "popularity", entry.popularity);
            if (item.explicit != Entry.NO_INT) {
                to.put("explicit", item.explicit == 1);
            }
            text(to, "isrc", item.isrc);
            number(to, "disc_number", item.discNumber);
            number(to, "track_number", item.trackNumber);
            to.put("song_artists", artists(item.artists));
            text(to, "album_id", item.albumId);
            text(to, "album_name", item.albumName);
            text(to, "album_type", item.albumType);
            text(to, "release_text", item.releaseText);
            text(to, "release_precision", item.releasePrecision);
            number(to, "total_tracks", item.totalTracks);
            text(to, "album_url", item.albumUrl);
            text(to, "image_url", item.imageUrl);
            to.put("album_artists", artists(item.albumArtists));
        }
        return to;
    }

    private static void string(Map<String, Object> to, String name, @Nullable String value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private List<List<String>> artists(Credits credits) {
        List<List<String>> found = new ArrayList<>();
        for (int i = 0; i < credits.size(); i++) {
            found.add(List.of("" + string(credits.id(i)), "" + string(credits.name(i)), "" + string(credits.url(i))));
        }
        return found;
    }

    private @Nullable String string(int number) {
        return number == Strings.NULL ? null : strings.string(number);
    }

    private void text(Map<String, Object> to, String name, int number) {
        String text = string(number);
        if (text != null) {
            to.put(name, text);
        }
    }

    private static void number(Map<String, Object> to, String name, int value) {
        if (value != Entry.NO_INT) {
            to.put(name, value);
        }
    }

    private static void number(Map<String, Object> to, String name, long value) {
        if (value != Entry.NO_LONG) {
            to.put(name, value);
        }
    }
}

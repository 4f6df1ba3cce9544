package dev.chartlake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.trials.Seeded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day's songs, albums and artists have the newest known value of each field, whichever object came first. */
class MergeOrderTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final List<String> LISTS = List.of("37i9dQZEVXbMDoHDwVN2tF", "37i9dQZEVXbJvfa0Yxg7E7", "A", "a");

    @TempDir
    Path folder;

    /** One raw object: its key, its text, and what each of its entries says, column by column. */
    private record Observation(RawKey key, String text, List<Said> entries) {}

    /** An item as it is written, and what it says. Long enough to be recognised when it comes again. */
    private record Known(String text, Said said) {}

    private record Said(
            @Nullable Map<String, Object> song, @Nullable Map<String, Object> album) {}

    /** What is known of the songs and albums of a small world, drawn anew for each observation. */
    private static final class World {
        private static final String MARKETS = ",\"available_markets\":[\"NO\"" + ",\"SE\"".repeat(200) + "]";

        private final Random random;
        private final List<Known> known = new ArrayList<>();

        public World(Random random) {
            this.random = random;
        }

        List<Observation> day() {
            Map<RawKey, Observation> all = new TreeMap<>();
            int size = 1 + random.nextInt(12);
            while (all.size() < size) {
                boolean chart = random.nextInt(5) == 0;
                String source = chart ? RawKey.CHARTS : RawKey.WEB_API;
                String list = LISTS.get(random.nextInt(LISTS.size()));
                // Few different times, so that many are the same.
                Instant at = Instant.parse("2026-11-21T00:00:00Z").plusSeconds(random.nextInt(4) * 21_000L);
                RawKey key = new RawKey(source, list, at, chart ? "csv" : "json");
                all.put(key, chart ? chart(key) : answer(key));
            }
            return new ArrayList<>(all.values());
        }

        private Observation chart(RawKey key) {
            StringBuilder text = new StringBuilder("rank,uri,artist_names,track_name,streams\n");
            List<Said> said = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                // The last line of a file has the first rank: lines count in the order of their ranks.
                String id = id("s", 4);
                Map<String, Object> song = new TreeMap<>(Map.of(
                        "song_id", id, "song_name", "n" + random.nextInt(9), "artist_names", "a" + random.nextInt(9)));
                song.put("url", "https://open.spotify.com/track/" + id);
                text.append(i + ",spotify:track:" + id + "," + song.get("artist_names") + "," + song.get("song_name")
                        + ",1\n");
                said.add(0, new Said(song, null));
            }
            return new Observation(key, text.toString(), said);
        }

        private Observation answer(RawKey key) {
            StringBuilder text = new StringBuilder("{\"offset\":0,\"items\":[");
            List<Said> said = new ArrayList<>();
            int size = random.nextInt(8);
            for (int i = 0; i < size; i++) {
                text.append(i == 0 ? "" : ",");
                if (random.nextInt(8) == 0) {
                    // A file of the owner names artists and albums too, but is no song.
                    text.append(
                            random.nextBoolean()
                                    ? "{\"track\":null}"
                                    : "{\"is_local\":true,\"track\":{\"id\":\"" + id("s", 4)
                                            + "\",\"artists\":[{\"id\":\"no\"}]," + "\"album\":{\"id\":\"no\"}}}");
                    said.add(new Said(null, null));
                    continue;
                }
                if (!known.isEmpty() && random.nextInt(2) == 0) {
                    Known again = known.get(random.nextInt(known.size()));
                    text.append("{\"track\":{" + again.text() + "}}");
                    said.add(again.said());
                    continue;
                }
                StringBuilder item = new StringBuilder();
                Map<String, Object> song = new TreeMap<>(Map.of("song_id", id("s", 4)));
                item.append("\"id\":\"" + song.get("song_id") + "\"");
                text(item, "name", song, "song_name");
                number(item, "duration_ms", song, "duration_ms", true);
                link(item, song);
                number(item, "popularity", song, "popularity", false);
                truth(item, song);
                number(item, "disc_number", song, "disc_number", false);
                number(item, "track_number", song, "track_number", false);
                if (random.nextInt(3) > 0) {
                    item.append(",\"external_ids\":{\"isrc\":\"" + put(song, "isrc", "I" + random.nextInt(9)) + "\"}");
                }
                List<List<String>> artists = artists(item);
                song.put("artists", artists);
                List<String> names = artists.stream()
                        .map(artist -> artist.get(1))
                        .filter(name -> !name.isEmpty())
                        .toList();
                if (!names.isEmpty()) {
                    song.put("artist_names", String.join(", ", names));
                }
                Map<String, Object> album = album(item);
                if (album != null) {
                    song.put("album_id", Objects.requireNonNull(album.get("album_id")));
                }
                if (random.nextInt(3) > 0) {
                    item.append(MARKETS);
                    known.add(new Known(item.toString(), new Said(song, album)));
                }
                text.append("{\"track\":{" + item + "}}");
                said.add(new Said(song, album));
            }
            return new Observation(key, text.append("]}").toString(), said);
        }

        private @Nullable Map<String, Object> album(StringBuilder item) {
            switch (random.nextInt(6)) {
                case 0 -> item.append(",\"album\":null");
                case 1 -> item.append(",\"album\":{\"name\":\"without id\",\"artists\":[{\"id\":\"no\"}]}");
                default -> {
                    StringBuilder text = new StringBuilder();
                    Map<String, Object> album = new TreeMap<>(Map.of("album_id", id("b", 3)));
                    text.append("\"id\":\"" + album.get("album_id") + "\"");
                    text(text, "name", album, "name");
                    text(text, "album_type", album, "album_type");
                    number(text, "total_tracks", album, "total_tracks", false);
                    link(text, album);
                    if (random.nextInt(3) == 0) {
                        text.append(
                                ",\"images\":[{\"url\":\"" + put(album, "image_url", "u" + random.nextInt(9)) + "\"}]");
                    }
                    if (random.nextInt(3) > 0) {
                        String[] release = List.of(
                                        "1969,,year",
                                        "1969-07,,month",
                                        "1969-07-21,-164,day",
                                        "2024-02-30,,day",
                                        "soon,,year")
                                .get(random.nextInt(5))
                                .split(",");
                        text.append(",\"release_date\":\"" + release[0] + "\"");
                        album.put("release", List.of(release));
                    }
                    album.put("artists", artists(text));
                    item.append(",\"album\":{" + text + "}");
                    return album;
                }
            }
            return null;
        }

        /** Artists of id, name and url, each empty where it is unknown. */
        private List<List<String>> artists(StringBuilder item) {
            List<List<String>> artists = new ArrayList<>();
            if (random.nextInt(6) == 0) {
                return artists;
            }
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                String id = random.nextInt(6) == 0 ? "" : id("a", 5);
                String name = random.nextInt(4) == 0 ? "" : "n" + random.nextInt(9);
                String url = random.nextInt(4) == 0 ? "" : "u" + random.nextInt(9);
                artists.add(List.of(id, name, url));
                text.append(text.isEmpty() ? "" : ",").append("{\"id\":" + (id.isEmpty() ? "null" : '"' + id + '"'));
                text.append(name.isEmpty() ? "" : ",\"name\":\"" + name + "\"");
                text.append(url.isEmpty() ? "" : ",\"external_urls\":{\"spotify\":\"" + url + "\"}")
                        .append("}");
            }
            item.append(",\"artists\":[" + text + "]");
            return artists;
        }

        private String id(String kind, int size) {
            return String.format("%s%021d", kind, random.nextInt(size));
        }

        private void text(StringBuilder to, String field, Map<String, Object> row, String column) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> to.append(",\"" + field + "\":null");
                default -> to.append(",\"" + field + "\":\"" + put(row, column, column + random.nextInt(9)) + "\"");
            }
        }

        private void number(StringBuilder to, String field, Map<String, Object> row, String column, boolean wide) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> to.append(",\"" + field + "\":null");
                default -> {
                    int value = random.nextInt(9);
                    row.put(column, wide ? (Object) (long) value : (Object) value);
                    to.append(",\"" + field + "\":" + value);
                }
            }
        }

        private void truth(StringBuilder to, Map<String, Object> row) {
            if (random.nextBoolean()) {
                boolean value = random.nextBoolean();
                row.put("explicit", value);
                to.append(",\"explicit\":" + value);
            }
        }

        private void link(StringBuilder to, Map<String, Object> row) {
            if (random.nextBoolean()) {
                to.append(",\"external_urls\":{\"spotify\":\"" + put(row, "url", "u" + random.nextInt(9)) + "\"}");
            }
        }

        private static String put(Map<String, Object> row, String column, String value) {
            row.put(column, value);
            return value;
        }
    }

    /** The slow merge: every field of every row by itself, from the last observation to the first. */
    private static Map<Table, List<Map<String, Object>>> model(List<Observation> day) {
        Map<String, Map<String, Object>> songs = new TreeMap<>();
        Map<String, Map<String, Object>> albums = new TreeMap<>();
        Map<String, Map<String, Object>> artists = new TreeMap<>();
        List<Observation> newestFirst = new ArrayList<>(day);
        newestFirst.sort(Collections.reverseOrder(Comparator.comparing(Observation::key)));
        for (Observation observation : newestFirst) {
            long at = observation.key().observedAt().getEpochSecond() * 1_000_000;
            List<Said> entries = new ArrayList<>(observation.entries());
            Collections.reverse(entries);
            for (Said said : entries) {
                older(songs, "song_id", said.song(), at);
                older(albums, "album_id", said.album(), at);
                // Within an entry the album's artists are told after the song's.
                for (Map<String, Object> owner : Arrays.asList(said.album(), said.song())) {
                    List<List<String>> credits = owner == null ? List.of() : credits(owner);
                    for (int i = credits.size() - 1; i >= 0; i--) {
                        Map<String, Object> artist = new TreeMap<>();
                        List<String> names = List.of("artist_id", "artist_name", "url");
                        for (int c = 0; c < 3; c++) {
                            if (!credits.get(i).get(c).isEmpty()) {
                                artist.put(names.get(c), credits.get(i).get(c));
                            }
                        }
                        older(artists, "artist_id", artist.containsKey("artist_id") ? artist : null, at);
                    }
                }
            }
        }
        Map<Table, List<Map<String, Object>>> tables = new HashMap<>();
        tables.put(Table.SONG_ARTISTS, creditRows(songs, "song_id"));
        tables.put(Table.ALBUM_ARTISTS, creditRows(albums, "album_id"));
        tables.put(Table.SONGS, List.copyOf(songs.values()));
        tables.put(Table.ALBUMS, List.copyOf(albums.values()));
        tables.put(Table.ARTISTS, List.copyOf(artists.values()));
        return tables;
    }

    @SuppressWarnings("unchecked")
    private static List<List<String>> credits(Map<String, Object> row) {
        return (List<List<String>>) row.getOrDefault("artists", List.of());
    }

    /** Adds what is not known yet from an observation that is older than all before. */
    private static void older(
            Map<String, Map<String, Object>> rows, String key, @Nullable Map<String, Object> said, long at) {
        if (said == null) {
            return;
        }
        Map<String, Object> row =
                rows.computeIfAbsent((String) Objects.requireNonNull(said.get(key)), id -> new TreeMap<>());
        row.putIfAbsent("observed_at", at);
        Map<String, Object> fields = new TreeMap<>(said);
        fields.remove("artists");
        fields.remove("release");
        fields.forEach(row::putIfAbsent);
        List<List<String>> credits = credits(said);
        if (credits.stream().anyMatch(artist -> !artist.get(0).isEmpty())) {
            row.putIfAbsent("artists", credits);
            row.putIfAbsent("artists_at", at);
            String first = credits.get(0).get(0);
            if (key.equals("song_id") && !first.isEmpty()) {
                row.putIfAbsent("artist_id", first);
            }
        }
        if (said.get("release") instanceof List<?> release && !row.containsKey("release_date_text")) {
            row.put("release_date_text", release.get(0));
            row.put("release_date_precision", release.get(2));
            if (!"".equals(release.get(1))) {
                row.put("release_date", Integer.valueOf((String) release.get(1)));
            }
        }
    }

    private static List<Map<String, Object>> creditRows(Map<String, Map<String, Object>> owners, String key) {
        List<Map<String, Object>> rows = new ArrayList<>();
        owners.forEach((id, owner) -> {
            Object at = owner.remove("artists_at");
            List<List<String>> credits = credits(owner);
            owner.remove("artists");
            for (int i = 0; i < credits.size(); i++) {
                if (!credits.get(i).get(0).isEmpty()) {
                    rows.add(new TreeMap<>(Map.of(
                            key,
                            id,
                            "artist_order",
                            i + 1,
                            "artist_id",
                            credits.get(i).get(0),
                            "observed_at",
                            Objects.requireNonNull(at))));
                }
            }
        });
        return rows;
    }

    @Test
    void eachFieldIsTheNewestThatIsKnown() throws Exception {
        Seeded.run(5, random -> {
            World world = new World(random);
            for (int n = 0; n < 5; n++) {
                List<Observation> day = world.day();
                LocalStore store = new LocalStore(Files.createTempDirectory(folder, "lake"));
                KeptRows rows = new KeptRows();
                write(store, day, random);
                check(run(store, rows), day, rows);
            }
        });
    }

    /** Objects that come late, in any order, give the same day as if all had come at once, to the byte. */
    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        Seeded.run(3, random -> {
            World world = new World(random);
            for (int n = 0; n < 2; n++) {
                List<Observation> day = world.day();
                Set<String> manifests = new HashSet<>();
                for (int order = 0; order < 3; order++) {
                    LocalStore store = new LocalStore(Files.createTempDirectory(folder, "lake"));
                    KeptRows rows = new KeptRows();
                    Collections.shuffle(day, random);
                    int cut = random.nextInt(day.size());
                    if (cut > 0) {
                        write(store, day.subList(0, cut), random);
                        check(run(store, rows), day.subList(0, cut), rows);
                    }
                    rows.clear();
                    write(store, day.subList(cut, day.size()), random);
                    Manifest manifest = run(store, rows);
                    check(manifest, day, rows);
                    manifests.add(new String(ManifestFile.write(manifest), StandardCharsets.UTF_8));
                    assertThat(ManifestFile.read(ManifestFile.write(manifest))).isEqualTo(manifest);
                    assertThat(store.list(RawState.TO_PROCESS.prefix())).isEmpty();
                    assertThat(store.list(RawState.PROCESSED.prefix())).hasSize(day.size());
                }
                assertThat(manifests).hasSize(1);
            }
        });
    }

    /** What cannot be read is set aside with its reason, and the others are as if it were not there. */
    @Test
    void anUnreadableObjectDoesNotTouchTheOthers() throws Exception {
        Seeded.run(3, random -> {
            for (int n = 0; n < 2; n++) {
                List<Observation> day = new World(random).day();
                LocalStore store = new LocalStore(Files.createTempDirectory(folder, "broken"));
                KeptRows rows = new KeptRows();
                write(store, day, random);
                // Half of a good object under the name of another one: its start says much that must not count.
                Observation half = new World(random)
                        .answer(new RawKey(RawKey.WEB_API, "half", Instant.parse("2026-11-21T23:59:59Z"), "json"));
                String text = half.text().substring(0, half.text().length() - 1 - random.nextInt(5) / 4);
                write(store, half.key(), text);
                TransformResult result = new Transformer(store, rows, 1, 64 << 20).run(List.of(DAY), (done, of) -> {});
                assertThat(result.failures()).isEmpty();
                assertThat(result.unreadable())
                        .extracting(UnreadableObject::key)
                        .containsExactly(half.key().in(RawState.QUARANTINE));
                check(manifest(store), day, rows);
                assertThat(store.list(RawState.QUARANTINE.prefix()))
                        .extracting(ObjectInfo::key)
                        .containsExactly(
                                half.key().in(RawState.QUARANTINE), half.key().in(RawState.QUARANTINE) + ".error.json");
            }
        });
    }

    private static void write(LocalStore store, List<Observation> observations, Random random) throws Exception {
        List<Observation> shuffled = new ArrayList<>(observations);
        Collections.shuffle(shuffled, random);
        for (Observation observation : shuffled) {
            write(store, observation.key(), observation.text());
        }
    }

    private static void write(LocalStore store, RawKey key, String text) throws Exception {
        Path file = store.root().resolve(key.in(RawState.TO_PROCESS));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Manifest run(LocalStore store, KeptRows rows) throws Exception {
        TransformResult result = new Transformer(store, rows, 1, 64 << 20).run(List.of(DAY), (done, of) -> {});
        assertThat(result.failures()).isEmpty();
        assertThat(result.unreadable()).isEmpty();
        assertThat(result.days()).extracting(CommittedDay::date).containsExactly(DAY);
        return manifest(store);
    }

    private static Manifest manifest(LocalStore store) throws Exception {
        return ManifestFile.read(store.read(Manifest.key(DAY)).orElseThrow().bytes());
    }

    private static void check(Manifest manifest, List<Observation> day, KeptRows rows) {
        model(day).forEach((table, expected) -> {
            List<Map<String, Object>> found = rows.rows(table);
            for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
                assertThat(found.get(i)).as("%s %d of %s", table, i, day).isEqualTo(expected.get(i));
            }
            assertThat(found).as("%s of %s", table, day).hasSameSizeAs(expected);
        });
        long entries = day.stream()
                .mapToLong(observation -> observation.entries().size())
                .sum();
        assertThat(manifest.entriesRead()).isEqualTo(entries);
        assertThat(manifest.entriesWritten()).isEqualTo(entries);
        assertThat(rows.rows(Table.PLAYLIST_ENTRIES)).hasSize((int) entries);
        assertThat(rows.rows(Table.PLAYLISTS)).hasSameSizeAs(day);
        references(rows, Table.SONGS, "album_id", Table.ALBUMS);
        references(rows, Table.SONGS, "artist_id", Table.ARTISTS);
        references(rows, Table.PLAYLIST_ENTRIES, "song_id", Table.SONGS);
        references(rows, Table.SONG_ARTISTS, "song_id", Table.SONGS);
        references(rows, Table.SONG_ARTISTS, "artist_id", Table.ARTISTS);
        references(rows, Table.ALBUM_ARTISTS, "album_id", Table.ALBUMS);
        references(rows, Table.ALBUM_ARTISTS, "artist_id", Table.ARTISTS);
    }

    private static void references(KeptRows rows, Table from, String column, Table to) {
        Set<Object> named = values(rows, from, column);
        assertThat(values(rows, to, column)).as("%s.%s", from, column).containsAll(named);
    }

    private static Set<Object> values(KeptRows rows, Table table, String column) {
        return rows.rows(table).stream()
                .filter(row -> row.containsKey(column))
                .map(row -> Objects.requireNonNull(row.get(column)))
                .collect(Collectors.toSet());
    }
}

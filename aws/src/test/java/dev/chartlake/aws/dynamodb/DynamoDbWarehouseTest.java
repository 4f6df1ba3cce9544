package dev.chartlake.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.http.Pause;
import dev.chartlake.load.DayException;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is in DynamoDB after days were loaded. */
class DynamoDbWarehouseTest {

    private static final String SONG = "0aaaaaaaaaaaaaaaaaaaaa";
    private static final String LIST = "4ChartLakeNorwayTop50A";
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 11, 19, 12, 0);
    private static final LocalDateTime SECOND = FIRST.plusDays(1);
    private static final LocalDateTime THIRD = FIRST.plusDays(2);

    @TempDir
    Path folder;

    private final String prefix = "t" + UUID.randomUUID() + "_";

    @Test
    void anItemHasTheAttributesOfSystemE() throws IOException {
        History history = new History(folder)
                .song(
                        FIRST,
                        SONG,
                        Map.of(
                                "song_name",
                                "Blåfjell, \"live\"",
                                "album_id",
                                "al1",
                                "duration_ms",
                                201_000L,
                                "popularity",
                                0),
                        "ar2",
                        "ar1",
                        "ar3")
                .row(
                        Table.ALBUMS,
                        FIRST,
                        Map.of(
                                "album_id",
                                "al1",
                                "name",
                                "Fjell",
                                "total_tracks",
                                12,
                                "release_date_text",
                                "1974",
                                "url",
                                "u1"))
                .row(Table.ALBUM_ARTISTS, FIRST, Map.of("album_id", "al1", "artist_order", 1, "artist_id", "ar2"))
                .row(Table.ARTISTS, FIRST, Map.of("artist_id", "ar2", "artist_name", "Åse", "url", "u2"))
                .list(FIRST, LIST, Map.of("url", "u3"), List.of(SONG, "", "s2", SONG))
                .row(Table.PLAYLISTS, FIRST, Map.of("source", "spotify-charts", "playlist_id", "regional-no-weekly"));
        Map<Table, Long> taken = load(history, FIRST);
        assertThat(taken)
                .containsEntry(Table.SONGS, 1L)
                .containsEntry(Table.SONG_ARTISTS, 3L)
                .containsEntry(Table.PLAYLIST_ENTRIES, 4L)
                .hasSize(Table.values().length - 1)
                .doesNotContainKey(Table.PLAYS);
        assertThat(item(ItemTable.TRACK, SONG))
                .isEqualTo(Map.of(
                        "track_id", s(SONG),
                        "track_name", s("Blåfjell, \"live\""),
                        "track_album", s("al1"),
                        "track_artists", l("ar2", "ar1", "ar3"),
                        "track_duration", n(201_000),
                        "track_popularity", n(0),
                        "track_uri", s("spotify:track:" + SONG),
                        "observed_at", s("2026-11-19T12:00:00Z")));
        assertThat(item(ItemTable.ALBUM, "al1"))
                .isEqualTo(Map.of(
                        "album_id", s("al1"),
                        "album_name", s("Fjell"),
                        "album_num_tracks", n(12),
                        "album_release_date", s("1974"),
                        "album_artists", l("ar2"),
                        "album_uri", s("spotify:album:al1"),
                        "album_url", s("u1"),
                        "observed_at", s("2026-11-19T12:00:00Z")));
        assertThat(item(ItemTable.ARTIST, "ar2"))
                .isEqualTo(Map.of(
                        "artist_id", s("ar2"),
                        "artist_name", s("Åse"),
                        "artist_uri", s("spotify:artist:ar2"),
                        "artist_url", s("u2"),
                        "observed_at", s("2026-11-19T12:00:00Z")));
        assertThat(item(ItemTable.PLAYLIST, "spotify:playlist:" + LIST))
                .isEqualTo(Map.of(
                        "playlist_uri", s("spotify:playlist:" + LIST),
                        "playlist_tracks", l(SONG, "s2", SONG),
                        "playlist_url", s("u3"),
                        "observed_at", s("2026-11-19T12:00:00Z")));
        assertThat(item(ItemTable.PLAYLIST, "spotify-charts:regional-no-weekly"))
                .containsEntry("playlist_tracks", AttributeValue.fromL(List.of()))
                .doesNotContainKey("playlist_url");
    }

    @Test
    void anOlderDayFillsGapsAndNothingElse() throws IOException {
        History history = new History(folder)
                .song(FIRST, SONG, Map.of("song_name", "Old", "popularity", 80, "album_id", "al1"), "ar1")
                .song(SECOND, SONG, Map.of("popularity", 70))
                .song(THIRD, SONG, Map.of("song_name", "New"));
        load(history, THIRD);
        assertThat(item(ItemTable.TRACK, SONG)).doesNotContainKeys("track_popularity", "field_observed_at");
        load(history, FIRST);
        assertThat(item(ItemTable.TRACK, SONG))
                .containsEntry("track_name", s("New"))
                .containsEntry("track_popularity", n(80))
                .containsEntry("observed_at", s("2026-11-21T12:00:00Z"))
                .containsEntry(
                        "field_observed_at",
                        AttributeValue.fromM(Map.of(
                                "track_popularity", s("2026-11-19T12:00:00Z"),
                                "track_artists", s("2026-11-19T12:00:00Z"),
                                "track_album", s("2026-11-19T12:00:00Z"))));
        load(history, SECOND);
        assertThat(item(ItemTable.TRACK, SONG))
                .containsEntry("track_popularity", n(70))
                .containsEntry("track_album", s("al1"))
                .containsEntry("track_artists", l("ar1"));
    }

    @Test
    void aDayThatWasCommittedAgainReplacesWhatItSaid() throws IOException {
        History history = new History(folder).song(FIRST, SONG, Map.of("popularity", 50));
        load(history, FIRST);
        history.clear(FIRST.toLocalDate()).song(FIRST, SONG, Map.of("popularity", 40));
        load(history, FIRST);
        assertThat(item(ItemTable.TRACK, SONG)).containsEntry("track_popularity", n(40));
    }

    @Test
    void itemsThatSystemEWroteAreTakenOver() throws IOException {
        History history = new History(folder).song(FIRST, SONG, Map.of("popularity", 50));
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), true);
                DynamoDbClient client = DynamoDbServer.client()) {
            warehouse.prepare();
            client.putItem(put -> put.tableName(prefix + "track_table")
                    .item(Map.of(
                            "track_id", s(SONG), "track_name", s("Kept"), "track_popularity", n(9), "mine", s("x"))));
        }
        load(history, FIRST);
        assertThat(item(ItemTable.TRACK, SONG))
                .containsEntry("track_popularity", n(50))
                .containsEntry("track_name", s("Kept"))
                .containsEntry("mine", s("x"))
                .containsEntry("field_observed_at", AttributeValue.fromM(Map.of("track_name", s("unknown"))));
    }

    @Test
    void aLongListIsSpreadOverItemsAndShrinksAgain() throws IOException {
        List<String> ten = ids(10_000);
        List<String> thirty = ids(30_000);
        History history = new History(folder)
                .list(FIRST, LIST, Map.of(), thirty)
                .list(SECOND, LIST, Map.of(), ten)
                .list(THIRD, LIST, Map.of(), ids(3));
        load(history, FIRST);
        assertThat(parts()).hasSizeGreaterThan(2);
        assertThat(tracks()).isEqualTo(thirty);
        load(history, SECOND);
        assertThat(parts()).hasSize(2);
        assertThat(tracks()).isEqualTo(ten);
        load(history, FIRST);
        load(history, SECOND);
        assertThat(tracks()).isEqualTo(ten);
        load(history, THIRD);
        assertThat(parts()).hasSize(1);
        assertThat(tracks()).isEqualTo(ids(3));
        assertThat(item(ItemTable.PLAYLIST, "spotify:playlist:" + LIST)).doesNotContainKey("playlist_parts");
        load(history, FIRST);
        assertThat(parts()).hasSize(1);
    }

    @Test
    void whatFitsIntoNoItemIsToldAndTheRestIsLoaded() {
        History history = new History(folder)
                .song(FIRST, "1" + SONG, Map.of("song_name", "x".repeat(420_000)))
                .song(FIRST, SONG, Map.of("song_name", "Fine"));
        assertThatThrownBy(() -> load(history, FIRST))
                .isInstanceOf(DayException.class)
                .hasMessageContaining("track_id 1" + SONG)
                .hasMessageContaining("400 KB");
        assertThat(item(ItemTable.TRACK, SONG)).containsEntry("track_name", s("Fine"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 200})
    void anyNumberOfItemsIsLoaded(int count) throws IOException {
        History history = new History(folder).list(FIRST, LIST, Map.of(), List.of());
        ids(count).forEach(id -> history.song(FIRST, id, Map.of()));
        assertThat(load(history, FIRST)).containsEntry(Table.SONGS, (long) count);
        assertThat(DynamoDbServer.items(prefix, ItemTable.TRACK)).hasSize(count);
    }

    @Test
    void missingTablesAreNamedUnlessTheyAreToBeMade() throws IOException {
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), false)) {
            assertThatThrownBy(warehouse::prepare)
                    .isInstanceOf(WarehouseException.class)
                    .hasMessageContaining("no table " + prefix + "playlist_table, " + prefix + "track_table")
                    .hasMessageContaining("--create");
        }
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), true);
                DynamoDbClient client = DynamoDbServer.client()) {
            String first = warehouse.prepare();
            assertThat(warehouse.prepare()).isEqualTo(first);
            client.deleteTable(request -> request.tableName(prefix + "album_table"));
            assertThat(warehouse.prepare()).isNotEqualTo(first);
        }
    }

    @Test
    void aTableWithAnotherKeyIsRefused() throws IOException {
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), true);
                DynamoDbClient client = DynamoDbServer.client()) {
            client.createTable(request -> request.tableName(prefix + "album_table")
                    .billingMode("PAY_PER_REQUEST")
                    .attributeDefinitions(key -> key.attributeName("id").attributeType("S"))
                    .keySchema(key -> key.attributeName("id").keyType("HASH")));
            assertThatThrownBy(warehouse::prepare)
                    .isInstanceOf(WarehouseException.class)
                    .hasMessageContaining("album_table has the key [id], which must be [album_id]");
        }
    }

    @Test
    void aDynamoDbThatTakesNothingIsGivenUpWithAReason() throws IOException {
        History history = new History(folder).song(FIRST, SONG, Map.of());
        try (DynamoDbWarehouse create = warehouse(DynamoDbServer.client(), true)) {
            create.prepare();
        }
        List<Long> waits = Collections.synchronizedList(new java.util.ArrayList<>());
        try (DynamoDbWarehouse warehouse = new DynamoDbWarehouse(
                Faults.full(DynamoDbServer.client()),
                prefix,
                ItemForm.DEFAULT,
                false,
                wait -> waits.add(wait.toMillis()))) {
            warehouse.prepare();
            assertThatThrownBy(() -> warehouse.load(history.day(FIRST.toLocalDate())))
                    .isInstanceOf(WarehouseException.class)
                    .hasMessageContaining("ProvisionedThroughputExceededException")
                    .hasMessageContaining("Run load again");
        }
        assertThat(waits).hasSize(Backoff.TRIES - 1);
        assertThat(waits.stream().mapToLong(Long::longValue).sum()).isBetween(30_000L, 200_000L);
    }

    private Map<Table, Long> load(History history, LocalDateTime day) throws IOException {
        return load(history, day.toLocalDate());
    }

    private Map<Table, Long> load(History history, LocalDate day) throws IOException {
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), true)) {
            warehouse.prepare();
            return warehouse.load(history.day(day));
        }
    }

    private DynamoDbWarehouse warehouse(DynamoDbClient client, boolean create) {
        return new DynamoDbWarehouse(client, prefix, ItemForm.DEFAULT, create, Pause.REAL);
    }

    private Map<String, AttributeValue> item(ItemTable table, String key) {
        return Objects.requireNonNull(DynamoDbServer.items(prefix, table).get(key), key);
    }

    private Map<String, Map<String, AttributeValue>> parts() {
        return DynamoDbServer.items(prefix, ItemTable.PLAYLIST);
    }

    /** Reads a list as the documentation says. */
    private List<String> tracks() {
        Map<String, Map<String, AttributeValue>> items = parts();
        String uri = "spotify:playlist:" + LIST;
        Map<String, AttributeValue> first = Objects.requireNonNull(items.get(uri));
        int count = ListParts.count(first);
        assertThat(items).hasSize(count);
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Objects.requireNonNull(items.get(number == 1 ? uri : uri + "#" + number)))
                .peek(part -> assertThat(part.get("observed_at")).isEqualTo(first.get("observed_at")))
                .flatMap(part -> DynamoDbServer.texts(part, "playlist_tracks").stream())
                .toList();
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("%022d", i))
                .toList();
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static AttributeValue l(String... texts) {
        return AttributeValue.fromL(
                java.util.Arrays.stream(texts).map(AttributeValue::fromS).toList());
    }
}

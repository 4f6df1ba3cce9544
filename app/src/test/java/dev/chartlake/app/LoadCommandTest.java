package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.trials.Deep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** From the command to the items left behind. */
@Execution(ExecutionMode.SAME_THREAD)
class LoadCommandTest {

    @TempDir
    static Path folder;

    private static DynamoDb dynamoDb;
    private static Lake lake;

    @BeforeAll
    static void makeLake() throws Exception {
        dynamoDb = new DynamoDb();
        lake = new Lake(folder.resolve("lake"));
        Path in = folder.resolve("in");
        FileCorpus.write(in, 4711, 3, 6);
        try (Stream<Path> files = Files.walk(in)) {
            lake.importing(files.filter(file -> file.toString().endsWith(".json"))
                            .filter(file -> !file.getFileName().toString().startsWith("odd_"))
                            .toArray(Path[]::new))
                    .with(ExitCode.DONE);
        }
        lake.transform().with(ExitCode.DONE);
    }

    @AfterAll
    static void stop() throws Exception {
        dynamoDb.close();
    }

    @Test
    void itemsHoldTheNewestValuesOfTheLake() throws Exception {
        Ended first = load("itemsHold_", "dynamodb", "--create").with(ExitCode.DONE);
        assertThat(first.out()).startsWith("Loaded 3 days into dynamodb, 2024-03-01 to 2024-03-03: ");
        Map<String, Map<String, AttributeValue>> tracks = dynamoDb.items("itemsHold_track_table", "track_id");
        assertThat(lines(tracks, "track_name", "track_album", "track_duration", "track_popularity"))
                .isEqualTo(lake.rows(
                        "SELECT song_id, song_name, album_id, duration_ms, popularity FROM songs ORDER BY 1"));
        assertThat(lines(tracks, "track_artists"))
                .isEqualTo(
                        lake.rows("SELECT song_id, string_agg(artist_id, ' ' ORDER BY artist_order) FROM artist_songs"
                                + " GROUP BY 1 ORDER BY 1"));
        assertThat(lines(
                        dynamoDb.items("itemsHold_album_table", "album_id"),
                        "album_name",
                        "album_num_tracks",
                        "album_release_date",
                        "album_url"))
                .isEqualTo(lake.rows(
                        "SELECT album_id, name, total_tracks, release_date_text, url FROM albums ORDER BY 1"));
        assertThat(lines(dynamoDb.items("itemsHold_artist_table", "artist_id"), "artist_name", "artist_url"))
                .isEqualTo(lake.rows("SELECT artist_id, artist_name, url FROM artists ORDER BY 1"));
        assertThat(lines(dynamoDb.items("itemsHold_playlist_table", "playlist_uri"), "playlist_tracks", "playlist_url"))
                .isEqualTo(lake.rows(
                        "SELECT 'spotify:playlist:' || playlist_id, string_agg(song_id, ' ' ORDER BY position),"
                                + " any_value(url) FROM playlist_entries JOIN playlists USING (source, playlist_id, observed_at)"
                                + " WHERE observed_at IN (SELECT max(observed_at) FROM playlists GROUP BY playlist_id)"
                                + " GROUP BY 1 ORDER BY 1"));
        assertThat(load("itemsHold_", "dynamodb").with(ExitCode.DONE).out()).isEqualTo("Nothing new for dynamodb.\n");
        Ended again = load("itemsHold_", "dynamodb", "--all", "--since", "2024-03-02", "--until", "2024-03-03");
        assertThat(again.with(ExitCode.DONE).out())
                .startsWith("Loaded 2 days into dynamodb, 2024-03-02 to 2024-03-03: ");
        assertThat(dynamoDb.items("itemsHold_track_table", "track_id")).isEqualTo(tracks);
    }

    @Test
    @Deep
    void olderKeysAndAddressesAreWrittenIfAskedFor() throws Exception {
        Path config = folder.resolve("older.yaml");
        Files.writeString(config, "load:\n  dynamodb:\n    prefix: older_\n    keys: id\n    urls: api\n");
        Lake one = copyOfTheLake("older");
        one.child(environment(""), "load", "--config", config.toString(), "--create")
                .with(ExitCode.DONE);
        assertThat(lines(dynamoDb.items("older_playlist_table", "playlist_uri"), "playlist_tracks", "playlist_url"))
                .isEqualTo(one.rows("SELECT playlist_id, string_agg(song_id, ' ' ORDER BY position),"
                        + " 'https://api.spotify.com/v1/playlists/' || playlist_id"
                        + " FROM playlist_entries JOIN playlists USING (source, playlist_id, observed_at)"
                        + " WHERE observed_at IN (SELECT max(observed_at) FROM playlists GROUP BY playlist_id)"
                        + " GROUP BY 1 ORDER BY 1"));
        assertThat(lines(dynamoDb.items("older_album_table", "album_id"), "album_name", "album_url"))
                .isEqualTo(one.rows("SELECT album_id, name, 'https://api.spotify.com/v1/albums/' || album_id"
                        + " FROM albums ORDER BY 1"));
        assertThat(lines(dynamoDb.items("older_artist_table", "artist_id"), "artist_name", "artist_url"))
                .isEqualTo(one.rows("SELECT artist_id, artist_name, 'https://api.spotify.com/v1/artists/' || artist_id"
                        + " FROM artists ORDER BY 1"));
        assertThat(one.child(environment("older_"), "load", "dynamodb", "--keys", "id", "--urls", "api")
                        .with(ExitCode.DONE)
                        .out())
                .isEqualTo("Nothing new for dynamodb.\n");
    }

    @Test
    @Deep
    void tablesOfAnotherFormAreRefusedAndStayAsTheyWere() throws Exception {
        Lake one = copyOfTheLake("form");
        one.child(environment("form_"), "load", "dynamodb", "--create", "--keys", "id")
                .with(ExitCode.DONE);
        Map<String, Map<String, AttributeValue>> playlists = dynamoDb.items("form_playlist_table", "playlist_uri");
        for (Lake any : List.of(one, copyOfTheLake("form-of-another-lake"))) {
            Ended other = any.child(environment("form_"), "load", "dynamodb", "--all");
            assertThat(other.with(ExitCode.USAGE).err())
                    .contains("loaded in another form", "this load writes keys: uri, urls: page", "another prefix");
        }
        assertThat(one.child(environment("form_"), "load", "dynamodb", "--all", "--keys", "id", "--urls", "api")
                        .with(ExitCode.USAGE)
                        .err())
                .contains("wrote keys: id, urls: page, but this load writes keys: id, urls: api");
        assertThat(dynamoDb.items("form_playlist_table", "playlist_uri")).isEqualTo(playlists);
        Map<String, String> kept = environment("form_");
        kept.put("CHARTLAKE_DYNAMODB_KEYS", "id");
        one.child(kept, "load", "dynamodb", "--all").with(ExitCode.DONE);
        assertThat(dynamoDb.items("form_playlist_table", "playlist_uri")).isEqualTo(playlists);
        assertThat(one.child(kept, "load", "dynamodb", "--keys", "name")
                        .with(ExitCode.USAGE)
                        .err())
                .contains("load.dynamodb.keys is 'name'. There are: uri, id.");
    }

    /** The same days with a cursor of its own. */
    private static Lake copyOfTheLake(String name) throws IOException {
        Lake copy = new Lake(folder.resolve(name));
        for (String key : lake.data().keySet()) {
            if (key.startsWith("transformed_data/")) {
                Files.createDirectories(Objects.requireNonNull(copy.at(key).getParent()));
                Files.copy(lake.at(key), copy.at(key));
            }
        }
        return copy;
    }

    @Test
    void aRunExtractsTransformsLoadsAndMeasures() throws Exception {
        Lake run = new Lake(Files.createDirectory(folder.resolve("run")));
        Path metrics = folder.resolve("metrics");
        Path config = folder.resolve("run.yaml");
        Files.writeString(config, "lists:\n  - " + WorldLists.TOP_NORWAY + "\nload:\n  dynamodb:\n    prefix: run_\n");
        Map<String, String> environment = environment("");
        environment.put("CHARTLAKE_METRICS", metrics.toString());
        assertThat(run.child(environment, "load", "--config", config.toString(), "--create")
                        .with(ExitCode.DONE)
                        .out())
                .isEqualTo("Nothing new for dynamodb.\n");
        try (Simulator spotify = Simulator.start(SimulatorOptions.defaults())) {
            environment.putAll(Lake.spotify(spotify));
            Ended ended = run.child(environment, "run", "--config", config.toString());
            assertThat(ended.with(ExitCode.DONE).out())
                    .containsSubsequence("-> raw_data/", "Transformed 1 day, ", "Loaded 1 day into dynamodb, ");
        }
        assertThat(dynamoDb.items("run_track_table", "track_id"))
                .containsOnlyKeys(run.rows("SELECT song_id FROM songs"));
        String lake = "{lake=\"" + run.root() + "\"} ";
        assertThat(Files.readString(metrics.resolve("chartlake_extract.prom")))
                .contains("# TYPE chartlake_snapshots_taken gauge\nchartlake_snapshots_taken" + lake + "1\n")
                .contains("chartlake_lists_failed" + lake + "0\n", "chartlake_snapshot_age_seconds" + lake);
        String entries = run.rows("SELECT count(*) FROM playlist_entries").get(0);
        assertThat(Files.readString(metrics.resolve("chartlake_transform.prom")))
                .contains("chartlake_days_committed" + lake + "1\n", "chartlake_days_failed" + lake + "0\n")
                .contains("chartlake_entries_written" + lake + entries + "\n");
        try (Stream<Path> files = Files.list(metrics)) {
            assertThat(files).hasSize(2);
        }
        environment.put("CHARTLAKE_METRICS", config.resolve("no-folder").toString());
        Ended unmeasured = run.child(environment, "transform");
        assertThat(unmeasured.with(ExitCode.DONE).err()).contains("Metrics were not written", "CHARTLAKE_METRICS");
    }

    @Test
    void csvPartitionsLoadToo() throws Exception {
        Lake csv = new Lake(folder.resolve("csv"));
        Path chart = folder.resolve("regional-no-weekly-2026-11-19.csv");
        Files.writeString(
                chart,
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                        + "1,spotify:track:0aaaaaaaaaaaaaaaaaaaaa,\"One, Two\",\"A \"\"song\"\", æ\",x,1,1,2,100\n");
        csv.importing(chart).with(ExitCode.DONE);
        csv.transform("--format", "csv").with(ExitCode.DONE);
        Path config = folder.resolve("chartlake.yaml");
        Files.writeString(config, "load:\n  dynamodb:\n    prefix: csv_\nformat: csv\n");
        Ended ended = csv.child(environment(""), "load", "--config", config.toString(), "--create");
        assertThat(ended.with(ExitCode.DONE).out()).startsWith("Loaded 1 day into dynamodb, 2026-11-19: ");
        assertThat(dynamoDb.items("csv_track_table", "track_id").get("0aaaaaaaaaaaaaaaaaaaaa"))
                .containsEntry("track_name", AttributeValue.fromS("A \"song\", æ"))
                .doesNotContainKeys("track_artists", "track_popularity", "track_album");
        assertThat(DynamoDb.texts(Objects.requireNonNull(
                        Objects.requireNonNull(dynamoDb.items("csv_playlist_table", "playlist_uri")
                                        .get("spotify-charts:regional-no-weekly"))
                                .get("playlist_tracks"))))
                .containsExactly("0aaaaaaaaaaaaaaaaaaaaa");
    }

    @Test
    @Deep
    void killedAndRunAgainItEndsTheSame() throws Exception {
        load("whole_", "dynamodb", "--create").with(ExitCode.DONE);
        Files.deleteIfExists(lake.at("_chartlake/loads/dynamodb.json"));
        Lake.Child child = Lake.Child.of(
                Main.class, List.of(), environment("killed_"), lake.words("load", "dynamodb", "--create"));
        while (child.process().isAlive() && items("killed_track_table", "track_id") < 20) {
            Thread.sleep(50);
        }
        child.process().destroyForcibly().waitFor();
        child.end();
        load("killed_", "dynamodb", "--create").with(ExitCode.DONE);
        for (String table : List.of("track", "album", "artist")) {
            assertThat(dynamoDb.items("killed_" + table + "_table", table + "_id"))
                    .isEqualTo(dynamoDb.items("whole_" + table + "_table", table + "_id"));
        }
        assertThat(dynamoDb.items("killed_playlist_table", "playlist_uri"))
                .isEqualTo(dynamoDb.items("whole_playlist_table", "playlist_uri"));
    }

    @Test
    void whatIsMissingIsToldWithItsCure() throws Exception {
        Ended tables = load("nowhere_", "dynamodb");
        assertThat(tables.with(ExitCode.USAGE).err()).contains("no table nowhere_playlist_table", "--create");
        assertThat(load("", "bigquery").with(ExitCode.USAGE).err()).contains("No such warehouse: bigquery", "dynamodb");
        assertThat(lake.child(Map.of(), "load").with(ExitCode.USAGE).err()).contains("No warehouse to load");
        Map<String, String> noRegion = environment("x_");
        noRegion.remove("AWS_REGION");
        assertThat(lake.child(noRegion, "load", "dynamodb").with(ExitCode.USAGE).err())
                .contains("No AWS region is set", "AWS_REGION");
        Map<String, String> nobody = environment("x_");
        nobody.remove("AWS_ACCESS_KEY_ID");
        assertThat(lake.child(nobody, "load", "dynamodb").with(ExitCode.SIGN_IN).err())
                .contains("No AWS credentials", "AWS_PROFILE");
        Map<String, String> away = environment("x_");
        away.put("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:9");
        assertThat(lake.child(away, "load", "dynamodb")
                        .with(ExitCode.SOME_FAILED)
                        .err())
                .contains("cannot be reached", "AWS_ENDPOINT_URL_DYNAMODB");
        Path config = folder.resolve("wrong.yaml");
        Files.writeString(config, "load:\n  dynamodb:\n    prefixx: a\n");
        assertThat(lake.child(Map.of(), "load", "--config", config.toString())
                        .with(ExitCode.USAGE)
                        .err())
                .contains("load.dynamodb.prefixx", "[keys, prefix, urls]");
    }

    /** Zero while the table is not there. */
    private static int items(String table, String key) {
        try {
            return dynamoDb.items(table, key).size();
        } catch (ResourceNotFoundException e) {
            return 0;
        }
    }

    private static Ended load(String prefix, String... arguments) throws Exception {
        Ended ended = lake.child(environment(prefix), "load", arguments);
        assertThat(ended.out() + ended.err()).doesNotContain("must-not-leak");
        return ended;
    }

    private static Map<String, String> environment(String prefix) {
        Map<String, String> environment = new HashMap<>(dynamoDb.environment());
        environment.put("CHARTLAKE_DYNAMODB_PREFIX", prefix);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
        return environment;
    }

    /** Items as the rows of a query are shown. */
    private static List<String> lines(Map<String, Map<String, AttributeValue>> items, String... names) {
        return items.entrySet().stream()
                .map(item -> {
                    StringBuilder line = new StringBuilder(item.getKey());
                    for (String name : names) {
                        AttributeValue value = item.getValue().get(name);
                        line.append('|').append(value == null ? "-" : text(value));
                    }
                    return line.toString();
                })
                .toList();
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case L -> String.join(" ", DynamoDb.texts(value));
            default -> value.toString();
        };
    }
}

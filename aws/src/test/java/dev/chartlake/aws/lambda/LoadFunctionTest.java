package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.dynamodb.DynamoDbServer;
import dev.chartlake.aws.dynamodb.ItemForm;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the function writes into DynamoDB Local, whatever its events say. */
class LoadFunctionTest {
    private static final String PREFIX = "loadFunction_";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void committedDaysAreLoadedOnceHoweverOftenTheyAreTold() throws IOException {
        LocalStore lake = Lakeful.waiting(folder, 7, 3, 15);
        Lakeful.transformLocally(lake);
        LoadFunction function = new LoadFunction(lake, "dynamodb", () -> DynamoDbServer.warehouse(PREFIX), log());
        assertThatThrownBy(() -> FakeContext.invoke(function, "{\"Records\":[]}"))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining(PREFIX);
        try (Warehouse tables = DynamoDbServer.creating(PREFIX)) {
            tables.prepare();
        }
        for (String event : List.of("{\"Records\":[]}", "{\"Event\":\"s3:TestEvent\"}", "{}")) {
            assertThat(FakeContext.invoke(function, event)).isEqualTo("{\"batchItemFailures\":[]}");
        }
        Set<String> songs = new TreeSet<>();
        Set<LocalDate> days = new TreeSet<>();
        try (FileDayTables tables = new FileDayTables(lake)) {
            for (var object : lake.list("transformed_data/_days/")) {
                LocalDate date = LocalDate.parse(object.key().replaceAll(".*/|\\.json", ""));
                LoadDay day = LoadDay.read(lake, tables, date).orElseThrow();
                days.add(date);
                try (DayTableRows rows = day.rows(Table.SONGS)) {
                    for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                        songs.add(String.valueOf(row.get(0)));
                    }
                }
            }
        }
        assertThat(days).hasSize(3);
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(": loaded")))
                .hasSize(3);
        assertThat(songs).hasSizeGreaterThan(10);
        assertThat(items(PREFIX, "track_table").keySet()).isEqualTo(songs);
        assertThat(items(PREFIX, "playlist_table").values())
                .isNotEmpty()
                .allSatisfy(list -> assertThat(list.get("playlist_tracks")).isNotNull());
    }

    @Test
    void aDayThatCannotBeReadFailsTheInvocationSoThatItsMessagesComeAgain() throws IOException {
        LocalStore lake = Lakeful.waiting(folder, 8, 2, 10);
        Lakeful.transformLocally(lake);
        try (Warehouse tables = DynamoDbServer.creating("loadFails_")) {
            tables.prepare();
        }
        String manifest = lake.list("transformed_data/_days/").get(0).key();
        byte[] whole = lake.read(manifest).orElseThrow().bytes();
        lake.put(manifest, "{}".getBytes(StandardCharsets.UTF_8));
        LoadFunction function = new LoadFunction(lake, "dynamodb", () -> DynamoDbServer.warehouse("loadFails_"), log());
        assertThatThrownBy(() -> FakeContext.invoke(function, "{}")).hasMessageContaining("the log says why");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Not loaded: ", ": loaded");
        lake.put(manifest, whole);
        assertThat(FakeContext.invoke(function, "{}")).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void theEnvironmentSaysInWhichFormItemsAreWritten() throws IOException {
        LocalStore lake = Lakeful.waiting(folder, 9, 1, 10);
        Lakeful.transformLocally(lake);
        ItemForm form = LoadFunction.form(Map.of("CHARTLAKE_DYNAMODB_KEYS", "id", "CHARTLAKE_DYNAMODB_URLS", "api"));
        try (Warehouse tables = DynamoDbServer.creating("loadForm_")) {
            tables.prepare();
        }
        LoadFunction function =
                new LoadFunction(lake, "dynamodb", () -> DynamoDbServer.warehouse("loadForm_", form), log());
        FakeContext.invoke(function, "{}");
        Map<String, Map<String, AttributeValue>> playlists = items("loadForm_", "playlist_table");
        playlists.keySet().removeIf(key -> key.startsWith("spotify-charts:"));
        assertThat(playlists).isNotEmpty().allSatisfy((key, list) -> {
            assertThat(key).matches("[0-9A-Za-z]{22}");
            assertThat(list)
                    .containsEntry("playlist_url", AttributeValue.fromS("https://api.spotify.com/v1/playlists/" + key));
        });
        LoadFunction other = new LoadFunction(lake, "dynamodb", () -> DynamoDbServer.warehouse("loadForm_"), log());
        assertThatThrownBy(() -> FakeContext.invoke(other, "{}")).hasMessageContaining("another form");
        assertThatThrownBy(() -> LoadFunction.form(Map.of("CHARTLAKE_DYNAMODB_URLS", "pages")))
                .hasMessageContaining("There are: page, api.");
    }

    private Log log() {
        return new Log(new PrintStream(said, true, StandardCharsets.UTF_8), "lake", Clock.systemUTC());
    }

    private static Map<String, Map<String, AttributeValue>> items(String prefix, String table) {
        String key = table.equals("track_table") ? "track_id" : "playlist_uri";
        try (DynamoDbClient client = DynamoDbServer.client()) {
            return client
                    .scanPaginator(request -> request.tableName(prefix + table).consistentRead(true))
                    .items()
                    .stream()
                    .collect(Collectors.toMap(
                            item -> Objects.requireNonNull(item.get(key)).s(), item -> item));
        }
    }

    @Test
    void postgresIsLoadedAsTheEnvironmentAndTheSecretSay() throws Exception {
        LocalStore lake = Lakeful.waiting(folder, 10, 2, 20);
        Lakeful.transformLocally(lake);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> environment = Map.of(
                    "CHARTLAKE_WAREHOUSE", "postgres",
                    "PGHOST", "127.0.0.1",
                    "PGPORT", Integer.toString(postgres.getPort()),
                    "PGDATABASE", "postgres",
                    "PGUSER", "postgres");
            LoadFunction function = new LoadFunction(new LambdaSettings(environment), lake, log());
            for (int time = 0; time < 2; time++) {
                assertThat(FakeContext.invoke(function, "{}")).isEqualTo("{\"batchItemFailures\":[]}");
            }
            assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(": loaded")))
                    .hasSize(2);
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var rows = connection
                            .createStatement()
                            .executeQuery("SELECT count(*), count(DISTINCT snapshot_date) FROM chart_history")) {
                rows.next();
                assertThat(rows.getInt(1)).isPositive();
                assertThat(rows.getInt(2)).isEqualTo(2);
            }
        }
        assertThatThrownBy(() ->
                        new LoadFunction(new LambdaSettings(Map.of("CHARTLAKE_WAREHOUSE", "oracle")), lake, log()))
                .hasMessage("CHARTLAKE_WAREHOUSE is 'oracle'. There are: dynamodb, postgres.");
    }
}

package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractFunctionTest {

    private static final String SCHEDULED =
            "{\"version\":\"0\",\"source\":\"aws.scheduler\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}";

    @TempDir
    Path folder;

    private final Simulator spotify = Simulator.start(SimulatorOptions.defaults());

    @AfterEach
    void stop() {
        spotify.close();
    }

    private LocalStore lake() {
        return new LocalStore(folder);
    }

    private Harness harness() {
        return new Harness(lake())
                .with("SPOTIFY_API_URL", spotify.apiUrl())
                .with("SPOTIFY_ACCOUNTS_URL", spotify.accountsUrl())
                .with("SPOTIFY_CLIENT_ID", "demo")
                .with("SPOTIFY_CLIENT_SECRET", "demo-secret");
    }

    private static Map<?, ?> invoke(ExtractFunction function, String event) throws IOException {
        return Json.object(Json.read(FakeContext.invoke(function, event)));
    }

    private static Map<?, ?> line(@Nullable Object lines, int index) {
        return Json.object(Json.array(lines).get(index));
    }

    @Test
    void theScheduleTakesAllListsOfTheEnvironment() throws Exception {
        Harness harness = harness()
                .with("CHARTLAKE_LISTS", WorldLists.TOP_WORLD + ", spotify:playlist:" + WorldLists.TOP_NORWAY + "\n");
        Map<?, ?> answer = invoke(harness.extract(), SCHEDULED);
        assertThat(answer.get("status")).isEqualTo("done");
        assertThat(line(answer.get("archived"), 0).get("entries")).isEqualTo(50);
        assertThat(Lakeful.keys(lake())).hasSize(2);
        assertThat(harness.measured("snapshots_taken")).isEqualTo(2);
        assertThat(harness.measured("snapshot_age")).isEqualTo(3600);
    }

    @Test
    void withoutThatTheLakeNamesThem() throws Exception {
        lake().put(
                        LambdaSettings.LISTS_KEY,
                        ("# charts\n" + WorldLists.TOP_WORLD + " # everywhere\n\nhttps://open.spotify.com/playlist/"
                                        + WorldLists.ROAD_TRIP + "?si=1\n")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(Json.array(invoke(harness().extract(), "{}").get("archived")))
                .hasSize(2);
        assertThat(Json.array(invoke(harness().extract(), "{\"list\":\"" + WorldLists.EMPTY + "\"}")
                        .get("archived")))
                .hasSize(1);
        assertThat(Json.array(invoke(
                                harness().extract(),
                                "{\"lists\":[\"" + WorldLists.EMPTY + "\",\"" + WorldLists.TOP_NORWAY + "\"]}")
                        .get("archived")))
                .hasSize(2);
    }

    @Test
    void oneThatCannotBeHadDoesNotStopTheOthers() throws Exception {
        Harness harness = harness().with("CHARTLAKE_LISTS", WorldLists.REFUSED + " " + WorldLists.TOP_WORLD);
        Map<?, ?> answer = invoke(harness.extract(), SCHEDULED);
        assertThat(answer.get("status")).isEqualTo("some_failed");
        assertThat(line(answer.get("failed"), 0).get("list")).isEqualTo(WorldLists.REFUSED);
        assertThat(Json.array(answer.get("archived"))).hasSize(1);
        assertThat(harness.measured("lists_failed")).isEqualTo(1);
    }

    @Test
    void theAgeIsMeasuredWithoutAskingSpotify() throws Exception {
        invoke(harness().extract(), "{\"list\":\"" + WorldLists.TOP_WORLD + "\"}");
        spotify.clearRequests();
        Harness harness = new Harness(lake());
        assertThat(invoke(harness.extract(), "{\"measure\":\"age\"}").get("status"))
                .isEqualTo("measured");
        assertThat(harness.measured("snapshot_age")).isEqualTo(3600);
        assertThat(spotify.requests()).isEmpty();
    }

    @Test
    void aMistypedListCostsOnlyItself() throws Exception {
        Harness harness = harness().with("CHARTLAKE_LISTS", "top-fifty " + WorldLists.TOP_WORLD + " spotify:track:x");
        Map<?, ?> answer = invoke(harness.extract(), SCHEDULED);
        assertThat(answer.get("status")).isEqualTo("some_failed");
        assertThat(line(answer.get("failed"), 0).get("list")).isEqualTo("top-fifty");
        assertThat(Json.text(line(answer.get("failed"), 0).get("reason")))
                .contains("'top-fifty'", "spotify:playlist:ID");
        assertThat(line(answer.get("failed"), 1).get("list")).isEqualTo("spotify:track:x");
        assertThat(Json.array(answer.get("archived"))).hasSize(1);
        assertThat(harness.measured("lists_failed")).isEqualTo(2);
    }

    @Test
    void aLongWaitEndsItAndTheNextInvocationDoesNotAsk() throws Exception {
        spotify.faults().add(Fault.parse("429:retry-after=90000"));
        Harness harness = harness().with("CHARTLAKE_LISTS", WorldLists.TOP_WORLD + " " + WorldLists.TOP_NORWAY);
        Map<?, ?> answer = invoke(harness.extract(), SCHEDULED);
        assertThat(answer.get("status")).isEqualTo("limited");
        assertThat(Json.text(answer.get("not_before"))).isNotEmpty();
        assertThat(harness.measured("rate_limited")).isEqualTo(1);
        spotify.clearRequests();
        assertThat(invoke(harness.extract(), SCHEDULED).get("status")).isEqualTo("limited");
        assertThat(spotify.requests()).isEmpty();
    }

    @Test
    void aRefusedAppFailsTheInvocation() {
        Harness harness =
                harness().with("CHARTLAKE_LISTS", WorldLists.TOP_WORLD).with("SPOTIFY_CLIENT_SECRET", "outdated");
        assertThatThrownBy(() -> invoke(harness.extract(), SCHEDULED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SPOTIFY_CLIENT_SECRET")
                .hasMessageNotContaining("outdated");
        assertThat(harness.printed()).doesNotContain("outdated");
    }

    @Test
    void wrongSettingsSayWhatToDo() {
        assertThatThrownBy(() -> invoke(harness().extract(), SCHEDULED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CHARTLAKE_LISTS")
                .hasMessageContaining("_chartlake/lists.txt");
        assertThatThrownBy(() -> invoke(new Harness(lake()).extract(), "{\"list\":\"" + WorldLists.EMPTY + "\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET are not set");
        assertThatThrownBy(() -> invoke(harness().extract(), "{\"list\":\"short\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not a Spotify playlist: 'short'");
        assertThatThrownBy(() -> LakeAddress.parse("charts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix");
        assertThatThrownBy(() -> new LambdaSettings(Map.of("CHARTLAKE_FORMAT", "orc")).format())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parquet, csv");
    }

    @Test
    void listsForWhichNoTimeIsLeftAreReported() throws Exception {
        Harness harness = harness()
                .with("CHARTLAKE_LISTS", WorldLists.TOP_WORLD + " " + WorldLists.TOP_NORWAY + " " + WorldLists.EMPTY);
        Map<?, ?> answer =
                Json.object(Json.read(FakeContext.invoke(harness.extract(), SCHEDULED, List.of(61_000, 59_000))));
        assertThat(Json.array(answer.get("archived"))).hasSize(2);
        assertThat(line(answer.get("failed"), 0).get("list")).isEqualTo(WorldLists.EMPTY);
    }

    @Test
    void twoListsThroughOneWarmFunctionDoNotMix() throws Exception {
        ExtractFunction function = harness().extract();
        for (String list : List.of(WorldLists.TOP_WORLD, WorldLists.ROAD_TRIP)) {
            Map<?, ?> answer = invoke(function, "{\"list\":\"" + list + "\"}");
            assertThat(Json.array(answer.get("archived"))).hasSize(1);
            assertThat(line(answer.get("archived"), 0).get("list")).isEqualTo(list);
        }
        for (String key : Lakeful.keys(lake())) {
            String list = key.split("/")[4];
            String other = list.equals(WorldLists.TOP_WORLD) ? WorldLists.ROAD_TRIP : WorldLists.TOP_WORLD;
            assertThat(new String(lake().read(key).orElseThrow().bytes(), StandardCharsets.UTF_8))
                    .contains(list)
                    .doesNotContain(other);
        }
    }

    /** The app's id and a refresh token are enough, as PKCE needs no secret. */
    @Test
    void aRefreshTokenReadsAUsersLists() throws Exception {
        spotify.close();
        try (Simulator newer = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV))) {
            Harness harness = new Harness(lake())
                    .with("SPOTIFY_API_URL", newer.apiUrl())
                    .with("SPOTIFY_ACCOUNTS_URL", newer.accountsUrl())
                    .with("SPOTIFY_CLIENT_ID", "demo")
                    .with("SPOTIFY_REFRESH_TOKEN", newer.refreshToken(Users.OLA, "playlist-read-private"));
            Map<?, ?> answer = invoke(harness.extract(), "{\"list\":\"" + WorldLists.PRIVATE + "\"}");
            assertThat(line(answer.get("archived"), 0).get("entries")).isEqualTo(12);
        }
    }

    @Test
    void spotifysOwnListIsRefusedToNewApps() throws Exception {
        spotify.close();
        try (Simulator newer = Simulator.start(SimulatorOptions.defaults().withDialect(Dialect.Y2026))) {
            Harness harness = new Harness(lake())
                    .with("SPOTIFY_API_URL", newer.apiUrl())
                    .with("SPOTIFY_ACCOUNTS_URL", newer.accountsUrl())
                    .with("SPOTIFY_CLIENT_ID", "demo")
                    .with("SPOTIFY_CLIENT_SECRET", "demo-secret");
            Map<?, ?> answer = invoke(harness.extract(), "{\"list\":\"" + WorldLists.TOP_DENMARK + "\"}");
            assertThat(Json.text(line(answer.get("failed"), 0).get("cure"))).contains("27 November 2024");
        }
    }
}

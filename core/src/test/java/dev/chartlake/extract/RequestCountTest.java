package dev.chartlake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.spotify.calls.BudgetException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.CountedTransport;
import dev.chartlake.spotify.limits.RequestCount;
import dev.chartlake.spotify.limits.SpotifyUse;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of all processes of a machine are counted together, and never more are sent than the budget allows. */
class RequestCountTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:30:00Z");
    private static final URI API = URI.create("https://api.example/v1");
    private static final URI LIST = URI.create(API + "/playlists/x");

    @TempDir
    Path folder;

    private int sent;

    private AppFolder app(String client) {
        SpotifyAccess access = SpotifyAccess.of(API, URI.create("https://accounts.example"), client, "secret");
        return AppFolder.onMachine(new LocalStore(folder), access, "default");
    }

    private RequestCount count(String client, long budget, Instant now) {
        OptionalLong most = budget < 0 ? OptionalLong.empty() : OptionalLong.of(budget);
        return new RequestCount(app(client), most, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void send(RequestCount count, URI uri) throws IOException {
        Transport transport = request -> {
            sent++;
            return new Answer(200, Map.of(), new byte[0], true);
        };
        new CountedTransport(transport, API, count).send(new Transport.Request(uri, Map.of(), ""));
    }

    private long counted(Instant now) throws IOException {
        return SpotifyUse.of(new LocalStore(folder), API, now).requests();
    }

    @Test
    void whatWasNotNeededIsGivenBack() throws Exception {
        try (RequestCount count = count("one", -1, NOW)) {
            for (int i = 0; i < 25; i++) {
                send(count, LIST);
            }
            send(count, URI.create("https://accounts.example/api/token"));
        }
        assertThat(counted(NOW)).isEqualTo(25);
        assertThat(counted(NOW)).as("of the same developer").isEqualTo(25);
        assertThat(SpotifyUse.of(new LocalStore(folder), API, NOW)).isEqualTo(new SpotifyUse(25, Optional.empty()));
        assertThat(counted(NOW.plus(Duration.ofHours(23)))).isEqualTo(25);
        assertThat(counted(NOW.plus(Duration.ofHours(25)))).isZero();
    }

    @Test
    void theBudgetEndsAndIsThereAgainADayLater() throws Exception {
        try (RequestCount count = count("one", 30, NOW)) {
            for (int i = 0; i < 30; i++) {
                send(count, LIST);
            }
            assertThatThrownBy(() -> send(count, LIST)).isInstanceOfSatisfying(BudgetException.class, e -> {
                assertThat(e.notBefore()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
                assertThat(e.reason()).contains("30 requests", "SPOTIFY_DAILY_REQUESTS");
            });
        }
        assertThat(sent).isEqualTo(30);
        try (RequestCount later = count("one", 30, Instant.parse("2026-11-22T11:00:00Z"))) {
            send(later, LIST);
        }
    }

    @Test
    void aCountThatCannotBeReadIsNone() throws Exception {
        app("one").store().put(app("one").developer() + "requests.json", "{\"soon\":".getBytes(StandardCharsets.UTF_8));
        assertThat(counted(NOW)).isZero();
    }

    @Test
    void manyProcessesNeverSendMoreThanTheBudget() {
        Seeded.run(10, random -> {
            folder = Files.createTempDirectory("counts");
            int budget = 1 + random.nextInt(150);
            sent = 0;
            List<RequestCount> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(count("app" + i % 2, budget, NOW));
            }
            int killed = 0;
            for (int i = 0; i < 400; i++) {
                int which = random.nextInt(processes.size());
                try {
                    send(processes.get(which), LIST);
                } catch (BudgetException e) {
                    if (random.nextInt(5) == 0) {
                        processes.get(which).close();
                    }
                }
                if (random.nextInt(150) == 0) {
                    processes.set(which, count("app0", budget, NOW)); // what it took is lost
                    killed++;
                }
            }
            for (RequestCount process : processes) {
                process.close();
            }
            assertThat(sent).isLessThanOrEqualTo(budget);
            long counted = counted(NOW);
            assertThat(counted).isBetween((long) sent, sent + 20L * killed);
        });
    }
}

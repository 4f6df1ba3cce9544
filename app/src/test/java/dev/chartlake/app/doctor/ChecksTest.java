package dev.chartlake.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.app.doctor.Diagnosis.Level;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks say that no simulated Spotify can bring about. */
class ChecksTest {

    private static Diagnosis clock(URI server, long seconds) {
        return new ClockCheck(server, Optional.of(Duration.ofSeconds(seconds)))
                .findings()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK, right to a minute",
        "60, OK, right to a minute",
        "-60, OK, right to a minute",
        "61, WARNING, is 61 seconds behind that of accounts.spotify.com",
        "-125, WARNING, is 125 seconds ahead of that of accounts.spotify.com",
        "3600, WARNING, is 60 minutes behind",
        "7200, WARNING, is 2 hours behind",
        "-864000, WARNING, is 10 days ahead of"
    })
    void theClockMayBeAMinuteOff(long seconds, Level level, String text) {
        Diagnosis found = clock(SpotifyAccess.ACCOUNTS, seconds);
        assertThat(found.what()).contains(text);
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.cure()).matches(level == Level.OK ? "" : ".*timedatectl.*");
        assertThat(found.code()).isZero();
    }

    @Test
    void anotherServerMayPlayAnotherDay() {
        URI gateway = URI.create("http://gateway.example");
        assertThat(clock(gateway, 900).level()).isEqualTo(Level.WARNING);
        assertThat(clock(gateway, 864_000).level()).isEqualTo(Level.OK);
        assertThat(clock(gateway, 864_000).what()).contains("http://gateway.example is not Spotify's", "10 days after");
        assertThat(new ClockCheck(gateway, Optional.empty()).findings().get(0).level())
                .isEqualTo(Level.SKIPPED);
    }

    @Test
    void everyVariableOfTheReferenceIsKnown() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "configuration.md"));
        TreeSet<String> documented = new TreeSet<>();
        Pattern.compile("`((?:SPOTIFY|CHARTLAKE)_[A-Z_]+)`")
                .matcher(page)
                .results()
                .forEach(found -> documented.add(found.group(1)));
        assertThat(VariablesCheck.KNOWN).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void idsOfSpotifysFormPass() {
        Map<String, String> right = Map.of(
                "SPOTIFY_CLIENT_ID", "0123456789abcdef0123456789abcdef",
                "SPOTIFY_CLIENT_SECRET", " 0123456789abcdef0123456789abcdef ");
        assertThat(new VariablesCheck(right).findings())
                .singleElement()
                .extracting(Diagnosis::level)
                .isEqualTo(Level.OK);
        Map<String, String> cut = Map.of("SPOTIFY_CLIENT_SECRET", "0123456789abcdef");
        assertThat(new VariablesCheck(cut).findings()).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.WARNING);
            assertThat(found.what()).contains("16 characters").doesNotContain("0123456789abcdef");
        });
    }
}

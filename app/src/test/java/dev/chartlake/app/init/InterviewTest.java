package dev.chartlake.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.app.init.Choices.Schedule;
import dev.chartlake.app.init.Choices.SignIn;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The questions of {@code init}, and the file that the answers make. */
class InterviewTest {

    private static final PlaylistRef ROAD_TRIP = new PlaylistRef("2ChartLakeRoadTripAAAA");

    @TempDir
    Path folder;

    private final StringWriter shown = new StringWriter();

    private Choices ask(String answers) throws IOException {
        return new Interview(new BufferedReader(new StringReader(answers)), new PrintWriter(shown, true)).ask();
    }

    @Test
    void emptyAnswersTakeTheDefaults() throws IOException {
        assertThat(ask("\n\n\n\n\n"))
                .isEqualTo(new Choices("lake", List.of(), List.of(), SignIn.USER, Schedule.DAILY, "none"));
        assertThat(shown.toString()).contains("1/5", "2/5", "3/5", "4/5", "5/5");
    }

    @Test
    void aWrongAnswerIsAskedAgain() throws IOException {
        Path chart = Files.writeString(folder.resolve("chart.csv"), "");
        assertThat(ask("gs://x\n s3://bucket/lake \nnonsense\nhttps://open.spotify.com/playlist/" + ROAD_TRIP.id()
                        + "?si=x " + chart + " " + ROAD_TRIP.id() + "\nme\nAPP\nhourly\nweekly\noracle\nsqlite\n"))
                .isEqualTo(new Choices(
                        "s3://bucket/lake", List.of(ROAD_TRIP), List.of(chart), SignIn.APP, Schedule.WEEKLY, "sqlite"));
        assertThat(shown.toString())
                .contains(
                        "'gs://x' is not a place",
                        "Not a Spotify playlist: 'nonsense'",
                        "'me' is not one of: user, app, none.",
                        "'hourly' is not one of: daily, weekly, none.",
                        "No such warehouse: oracle");
    }

    @Test
    void whoHasChartFilesAloneNeedsNoSignIn() throws IOException {
        Path chart = Files.writeString(folder.resolve("chart.csv"), "");
        assertThat(ask("\n" + chart + "\n\n\n\n").signIn()).isEqualTo(SignIn.NONE);
    }

    @Test
    void answersThatEndWriteNothing() {
        assertThatThrownBy(() -> ask("\n\n")).isInstanceOf(Failure.class).hasMessageContaining("Nothing was written");
    }

    private Settings written(Choices choices) throws IOException {
        Path file = Files.writeString(folder.resolve("chartlake.yaml"), ConfigurationText.of(choices));
        return Settings.load(Optional.of(file), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "duckdb", "dynamodb", "glue", "postgres", "snowflake", "sqlite"})
    void theFileNamesTheWarehouse(String warehouse) throws IOException {
        Settings settings = written(new Choices("lake", List.of(), List.of(), SignIn.NONE, Schedule.NONE, warehouse));
        assertThat(settings.warehouses().keySet())
                .isEqualTo(warehouse.equals("none") ? java.util.Set.of() : java.util.Set.of(warehouse));
        assertThat(settings.lists()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lake", "./my lake", "/data/it's: #1", "s3://bucket/a-b/c", "-", "true", "42", "*a", "Ærlig"})
    void theFileNamesTheLakeAsItWasTyped(String lake) throws IOException {
        Settings settings =
                written(new Choices(lake, List.of(ROAD_TRIP), List.of(), SignIn.USER, Schedule.DAILY, "none"));
        String expected = lake.startsWith("s3:") ? lake : folder.resolve(lake).toString();
        assertThat(settings.lake()).isEqualTo(expected);
        assertThat(settings.lists()).containsExactly("https://open.spotify.com/playlist/" + ROAD_TRIP.id());
    }

    @ParameterizedTest
    @EnumSource(SignIn.class)
    void theCommentsSayHowToSignIn(SignIn signIn) {
        String text = ConfigurationText.of(new Choices("lake", List.of(), List.of(), signIn, Schedule.WEEKLY, "none"));
        assertThat(text.contains("chartlake login")).isEqualTo(signIn == SignIn.USER);
        assertThat(text.contains("SPOTIFY_CLIENT_SECRET")).isEqualTo(signIn == SignIn.APP);
        assertThat(text).contains("30 6 * * 5");
    }
}

package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that picocli is not set up for mean what they mean to picocli. */
@ResourceLock(Resources.SYSTEM_OUT)
class QuickCommandLineTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void oneDay() throws IOException {
        Lake lake = new Lake(folder);
        String list = Answers.list("hits");
        Path file = lake.at("raw_data/to_process/2026-11-01/spotify-web-api/" + list + "/103000Z.json");
        Files.createDirectories(file.getParent());
        List<String> rows =
                List.of(Answers.row(Dialect.LEGACY, Song.of(1).named("One").by("Æon")));
        Files.writeString(file, Answers.playlist(Dialect.LEGACY, list, "Hits", Answers.page(list, rows)));
        lake.transform().with(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query|SELECT song_name, last_seen_on FROM songs",
                "query|--output|csv|SELECT song_name FROM songs",
                "query|--output|yaml|SELECT 1",
                "query|SELEC 1",
                "query|DROP TABLE songs",
                "report|chart",
                "report|chart|--output|json|--list|Hits",
                "report|chart|--list|nobody",
                "report|chart|--limit|none",
                "report|chart|--date|yesterday",
                "report|chart|--config|nowhere.yaml",
                "report|debuts|--since|2026-11-01|--until|2026-11-02|--by|recording|--limit|3",
                "report|song|One|--output|csv",
                "transform",
                "transform|--config|nowhere.yaml"
            })
    void meanTheSame(String text) {
        String[] plain = with(text, "--lake", folder.toString());
        assertThat(QuickCommandLine.command(plain)).isNotNull();
        // An equals sign is left to picocli.
        String[] other = with(text, "--lake=" + folder);
        assertThat(QuickCommandLine.command(other)).isNull();
        assertThat(CommandLineRun.of(plain)).isEqualTo(CommandLineRun.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "status|--output|json",
                "query",
                "query|",
                "query|SELECT 1|SELECT 2",
                "query|SELECT 1|--engine|athena",
                "query|-h",
                "query|--output|csv|--output|json|SELECT 1",
                "query|SELECT 1|--output",
                "report",
                "report|quality",
                "report|nothing",
                "report|chart|--help",
                "report|chart|more",
                "report|chart|--list|--date",
                "report|chart|--since|2026-11-01",
                "report|chart|--list|-x",
                "report|song",
                "report|song|One|Two",
                "transform|--all",
                "transform|more",
                "transform|--format|csv",
                "transform|--output|csv"
            })
    void whatIsNotPlainIsLeftToPicocli(String text) {
        assertThat(QuickCommandLine.command(with(text))).isNull();
    }

    private static String[] with(String text, String... more) {
        List<String> words = new ArrayList<>(List.of(text.split("\\|", -1)));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}

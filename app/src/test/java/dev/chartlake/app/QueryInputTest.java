package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Queries that come from a file or a pipe, and results that go into a file. */
@DisabledOnOs(OS.WINDOWS)
class QueryInputTest {

    private static final String SQL = "-- two songs\nSELECT song_name FROM songs\nORDER BY 1 LIMIT 2;\n";
    private static final String ROWS = "song_name\nMåneskinn\n\"Ny, ny dag\"\n";

    @TempDir
    static Path folder;

    private static Installation clone;
    private static Path sql;

    @BeforeAll
    static void install() throws Exception {
        clone = Installation.in(folder.resolve("clone"));
        run("import", clone.root().resolve("docs/sample").toString()).with(0);
        run("transform").with(0);
        sql = Files.writeString(file("q.sql"), SQL);
    }

    private static Path file(String name) {
        return clone.root().resolve(name);
    }

    /** Runs a command in this process, on the lake of the clone. Names of files must be whole paths. */
    private static Ended run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--lake", file("lake").toString()));
        return Console.run(() -> Main.run(all.toArray(String[]::new)));
    }

    private static Ended query(Path from, String... words) {
        List<String> all = new ArrayList<>(List.of("query", "-f", from.toString()));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aFileOrAPipeHoldsTheQuery() throws Exception {
        assertThat(query(sql, "--output", "csv").with(0).out()).isEqualTo(ROWS);
        assertThat(run("query", "--output=csv", "--file=" + sql).with(0).out()).isEqualTo(ROWS);
        Path marked = Files.writeString(file("bom.sql"), "\uFEFF" + SQL);
        assertThat(query(marked, "--output", "csv").with(0).out()).isEqualTo(ROWS);
        assertThat(clone.bash("./chartlake query --output csv - < q.sql")
                        .with(0)
                        .out())
                .isEqualTo(ROWS);
        assertThat(clone.bash("./chartlake query --output csv -f - < q.sql")
                        .with(0)
                        .out())
                .isEqualTo(ROWS);
        assertThat(clone.bash("./chartlake query - < /dev/null").with(2).err()).startsWith("Standard input is empty.");
    }

    @Test
    void whatIsNoQueryIsRefused() throws Exception {
        Path latin = Files.write(file("latin.sql"), "SELECT 'Måneskinn'".getBytes(StandardCharsets.ISO_8859_1));
        Path empty = Files.writeString(file("empty.sql"), "\n");
        assertThat(run("query").with(2).err()).startsWith("No query. ");
        assertThat(run("query", "").with(2).err()).startsWith("The query is empty.");
        assertThat(query(sql, "SELECT 1").with(2).err()).startsWith("Two queries");
        assertThat(query(file("none.sql")).with(2).err()).startsWith("No file " + file("none.sql") + ".");
        assertThat(query(file("docs")).with(2).err()).startsWith("Not a file: " + file("docs") + ".");
        assertThat(query(empty).with(2).err()).startsWith(empty + " is empty.");
        assertThat(query(latin).with(2).err()).startsWith(latin + " is not UTF-8.");
    }

    @Test
    void aResultGoesIntoAFileWhoseNameSaysTheFormat() {
        Path csv = file("songs.csv");
        Ended ended = query(sql, "-o", csv.toString()).with(0);
        assertThat(ended.out() + ended.err()).isEmpty();
        assertThat(csv).hasContent(ROWS);
        query(sql, "--output-file", file("songs.json").toString()).with(0);
        assertThat(file("songs.json")).content().startsWith("[").contains("\"Måneskinn\"");
        query(sql, "-o", file("songs.txt").toString()).with(0);
        assertThat(file("songs.txt")).content().startsWith("song_name\n---");
        query(sql, "-o", file("other.txt").toString(), "--output", "csv").with(0);
        assertThat(file("other.txt")).hasContent(ROWS);
        for (String command : List.of("report chart", "report quality", "verify")) {
            Stream<String> words = Stream.of(command.split(" "));
            String[] printing =
                    Stream.concat(words, Stream.of("--output", "csv")).toArray(String[]::new);
            String[] writing = Stream.concat(
                            Stream.of(command.split(" ")),
                            Stream.of("-o", file("out.csv").toString()))
                    .toArray(String[]::new);
            String printed = run(printing).with(0).out();
            assertThat(run(writing).with(0).out()).isEmpty();
            assertThat(file("out.csv")).as(command).hasContent(printed);
        }
        assertThat(run("status", "-o", file("status.csv").toString()).with(0).out())
                .isEmpty();
        assertThat(file("status.csv")).content().startsWith("source,playlist_id,");
    }

    @Test
    void aFileIsReplacedOnlyByAWholeResult() throws Exception {
        Path old = Files.writeString(file("kept.csv"), "old\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(file("link.csv"), Path.of("kept.csv"));
        run("query", "SELECT nothing FROM songs", "-o", old.toString()).with(2);
        run(
                        "query",
                        "SELECT if(position < 3, 'a', error('broken')) FROM playlist_entries ORDER BY position",
                        "-o",
                        old.toString())
                .with(2);
        assertThat(old).hasContent("old\n");
        query(sql, "-o", link.toString()).with(0);
        assertThat(old).hasContent(ROWS);
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-r-----");
        clone.bash("mkfifo pipe; ./chartlake query -f q.sql --output csv -o pipe & cat pipe > piped; wait")
                .with(0);
        assertThat(file("piped")).hasContent(ROWS);
        try (Stream<Path> files = Files.list(clone.root())) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp") && name.contains("kept"));
        }
    }

    @Test
    void aPlaceThatIsNoneIsRefusedBeforeAnythingRuns() {
        assertThat(run("query", "SELECT", "-o", file("docs").toString()).with(2).err())
                .startsWith("Not a file: " + file("docs") + " is a folder.");
        assertThat(run("query", "SELECT", "-o", file("none/a.csv").toString())
                        .with(2)
                        .err())
                .contains("none for the file a.csv.");
        assertThat(run("report", "chart", "-o", "").with(2).err()).contains("it is empty");
    }

    /** Linux has a device that is always full. */
    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskIsTold() throws IOException, InterruptedException {
        for (String command : List.of("query -f q.sql", "status")) {
            assertThat(clone.bash("./chartlake " + command + " > /dev/full")
                            .with(1)
                            .err())
                    .as(command)
                    .contains("Not all was written to stdout: No space left on device. Free some space");
        }
        assertThat(query(sql, "-o", "/dev/full").with(1).err()).contains("No space left on device");
        clone.bash("set -o pipefail; ./chartlake query 'SELECT * FROM range(100000)' | head -1")
                .with(0);
    }
}

package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.app.settings.Environment;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Hang;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A lake that a test works on through the commands, and looks at through its files and SQL. */
final class Lake {

    private static final int TRIES = 3;

    /** Table, column, and the table in which each of its values is to be found on the same day. */
    private static final List<String> REFERENCES = List.of(
            "song_days artist_id artist_days",
            "song_days album_id album_days",
            "song_artists artist_id artist_days",
            "song_artists song_id song_days",
            "album_artists artist_id artist_days",
            "album_artists album_id album_days",
            "playlist_entries song_id song_days",
            "playlist_entries playlist_id playlists");

    private final Path root;

    Lake(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** A file or folder in the lake. */
    Path at(String key) {
        return root.resolve(key);
    }

    /** Runs a command on this lake in this process. */
    Ended run(String command, String... arguments) {
        return Console.run(() -> Main.run(words(command, arguments)));
    }

    /** Runs a command on this lake in this process, with these environment variables. */
    Ended run(Map<String, String> environment, String command, String... arguments) {
        return inProcess(atHome(environment), words(command, arguments));
    }

    /** Runs a command line in this process, with these environment variables. The AWS SDK does not see them. */
    static Ended inProcess(Map<String, String> environment, String... words) {
        return Console.run(commandLine(environment, words));
    }

    /** As {@link #inProcess}, not waiting for its end. */
    static Console.Running start(Map<String, String> environment, String... words) {
        return Console.start(commandLine(environment, words));
    }

    private static IntSupplier commandLine(Map<String, String> environment, String... words) {
        Map<String, String> all = clean(System.getenv());
        all.putAll(environment);
        return () -> Environment.with(all, () -> Main.run(words));
    }

    /** Without variables of Chartlake, and with a folder of its own, so that no test uses a sign-in of this machine. */
    private static Map<String, String> clean(Map<String, String> variables) {
        Map<String, String> clean = new HashMap<>(variables);
        clean.keySet().removeIf(name -> name.startsWith("SPOTIFY_") || name.startsWith("CHARTLAKE_"));
        clean.put(
                "CHARTLAKE_HOME",
                Path.of("target", "no-sign-in").toAbsolutePath().toString());
        return clean;
    }

    private Map<String, String> atHome(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("CHARTLAKE_HOME", root.resolveSibling("home").toString());
        return all;
    }

    /** Runs a command on this lake in a process of its own, with these environment variables. */
    Ended child(Map<String, String> environment, String command, String... arguments)
            throws IOException, InterruptedException {
        return Child.of(Main.class, List.of("-Xmx256m"), atHome(environment), words(command, arguments))
                .end();
    }

    /** Extracts lists from a simulator. */
    Ended extract(Simulator simulator, String... lists) {
        return run(spotify(simulator), "extract", lists);
    }

    static Map<String, String> spotify(Simulator simulator) {
        return Map.of(
                "SPOTIFY_CLIENT_ID",
                "demo",
                "SPOTIFY_CLIENT_SECRET",
                "demo-secret",
                "SPOTIFY_API_URL",
                simulator.apiUrl(),
                "SPOTIFY_ACCOUNTS_URL",
                simulator.accountsUrl());
    }

    Ended importing(Path... files) {
        return run("import", Stream.of(files).map(Path::toString).toArray(String[]::new));
    }

    Ended transform(String... arguments) {
        return run("transform", arguments);
    }

    /** Runs a report, which is a command below another. */
    Ended report(String name, String... arguments) {
        String[] words = words(name, arguments);
        return Console.run(() ->
                Main.run(Stream.concat(Stream.of("report"), Stream.of(words)).toArray(String[]::new)));
    }

    String[] words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command, "--lake", root.toString()));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    /** The rows of a query, their values with {@code |} between them and {@code -} for null. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        LocalStore store = new LocalStore(root);
        try (DuckDbLake duckDb = new DuckDbLake(root, store::shared)) {
            duckDb.run(sql, new ResultSink() {
                @Override
                public void columns(List<ResultColumn> columns) {}

                @Override
                public void row(List<@Nullable Object> values) {
                    rows.add(values.stream()
                            .map(value -> value == null ? "-" : value.toString())
                            .reduce((a, b) -> a + "|" + b)
                            .orElse(""));
                }

                @Override
                public void end() {}
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** The one value of a query. */
    String value(String sql) {
        List<String> rows = rows(sql);
        assertThat(rows).as(sql).hasSize(1);
        return rows.get(0);
    }

    /** The keys of all files below {@code prefix}, sorted. */
    List<String> keys(String prefix) {
        return List.copyOf(contents(prefix).keySet());
    }

    /** Every file below {@code prefix} and what its bytes are. Files may come and go meanwhile. */
    Map<String, String> contents(String prefix) {
        for (int attempt = 1; ; attempt++) {
            try {
                return read(at(prefix));
            } catch (UncheckedIOException | IOException e) {
                if (attempt == TRIES) {
                    throw new AssertionError("Cannot read " + at(prefix), e);
                }
            }
        }
    }

    private Map<String, String> read(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(folder)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                files.put(
                        root.relativize(file).toString().replace('\\', '/'),
                        bytes.length + " bytes, " + Long.toHexString(crc.getValue()));
            }
        }
        return files;
    }

    /**
     * All that is data: the raw objects in their states, and the tables with their manifests. The log of commits is not: it
     * tells how they came about, and when.
     */
    Map<String, String> data() {
        Map<String, String> data = new TreeMap<>(contents("raw_data"));
        data.putAll(contents("transformed_data"));
        data.keySet().removeIf(key -> key.startsWith(CommitLog.ROOT));
        return data;
    }

    List<Manifest> manifests() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String key : keys("transformed_data/_days")) {
            manifests.add(ManifestFile.read(Files.readAllBytes(at(key))));
        }
        return manifests;
    }

    /**
     * Holds for every lake at rest: nothing waits, counts add up, what committed a day is logged last, keys are unique, and
     * what a row names is there.
     */
    Lake sound() throws IOException {
        assertThat(keys("raw_data/to_process")).as("waiting").isEmpty();
        List<String> processed = new ArrayList<>();
        Map<String, Long> rows = new HashMap<>();
        for (Manifest manifest : manifests()) {
            assertThat(manifest.addsUp()).as("counts of " + manifest.date()).isTrue();
            manifest.raw().forEach(object -> processed.add("raw_data/processed/" + object.key()));
            assertThat(manifest.raw().stream()
                            .mapToLong(Manifest.RawObject::entries)
                            .sum())
                    .isEqualTo(manifest.entriesRead());
            manifest.tables().forEach(part -> rows.merge(part.table(), part.rows(), Long::sum));
            List<String> logged = keys(CommitLog.ROOT + manifest.date());
            assertThat(logged).as("log of " + manifest.date()).isNotEmpty();
            assertThat(at(logged.get(logged.size() - 1))).hasSameBinaryContentAs(at(Manifest.key(manifest.date())));
        }
        assertThat(processed).containsExactlyInAnyOrderElementsOf(keys("raw_data/processed"));
        List<String> counts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Table table : Table.values()) {
            String days = daysView(table);
            counts.add("SELECT " + table.ordinal() + ", count(*) FROM " + days);
            String key = String.join(
                    ", ", table.key().stream().map(column -> column.name()).toList());
            faults.add("SELECT '" + days + " repeats ' || concat_ws(' ', " + key + ") AS fault FROM " + days
                    + " GROUP BY snapshot_date, " + key + " HAVING count(*) > 1");
        }
        for (String reference : REFERENCES) {
            String[] from = reference.split(" ");
            faults.add("SELECT DISTINCT '" + reference + " lacks ' || f." + from[1] + " FROM " + from[0]
                    + " f ANTI JOIN " + from[2] + " USING (snapshot_date, " + from[1] + ") WHERE f." + from[1]
                    + " IS NOT NULL");
        }
        assertThat(rows(String.join(" UNION ALL ", faults) + " LIMIT 20")).isEmpty();
        assertThat(rows(String.join(" UNION ALL ", counts) + " ORDER BY 1"))
                .isEqualTo(Stream.of(Table.values())
                        .map(table -> table.ordinal() + "|" + rows.getOrDefault(table.sqlName(), 0L))
                        .toList());
        return this;
    }

    private static String daysView(Table table) {
        return switch (table) {
            case SONGS -> "song_days";
            case ALBUMS -> "album_days";
            case ARTISTS -> "artist_days";
            default -> table.sqlName();
        };
    }

    /** A process of this test's own. */
    record Child(Process process, Path out, Path err) {

        static Child of(Class<?> main, List<String> options, Map<String, String> environment, String... arguments)
                throws IOException {
            List<String> command = ChildJava.command(options);
            command.add(main.getName());
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile("chartlake", ".out");
            Path err = Files.createTempFile("chartlake", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            Map<String, String> all = clean(builder.environment());
            all.putAll(environment);
            builder.environment().clear();
            builder.environment().putAll(all);
            return new Child(builder.start(), out, err);
        }

        /** Waits for its end. */
        Ended end() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("Still running after ten minutes: " + Files.readString(err));
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                forget(out);
                forget(err);
            }
        }

        private static void forget(Path file) throws IOException {
            try {
                Files.delete(file);
            } catch (NoSuchFileException e) {
                // Forgotten before.
            }
        }
    }
}

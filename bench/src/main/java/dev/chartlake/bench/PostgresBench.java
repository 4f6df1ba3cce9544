package dev.chartlake.bench;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import dev.chartlake.warehouse.SqlWarehouse;
import dev.chartlake.warehouse.postgres.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads a lake of many years into a Postgres of its own, beside a bare {@code COPY} of the same rows into the same tables. */
@Command(
        name = "bench/run postgres",
        description = "Loads years of daily charts into Postgres, and copies the same rows into the same tables.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a run failed", "2:usage"})
final class PostgresBench implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the lake of bench/run history is, or is generated; relative to the repository.")
    private Path dir = Path.of("bench", "target", "history");

    @Option(names = "--years", paramLabel = "N", description = "Years of a new lake.")
    private int years = 10;

    @Option(names = "--lists", paramLabel = "N", description = "Charts of a new lake.")
    private int lists = 70;

    @Option(names = "--rounds", paramLabel = "N", description = "Times both are run, one after the other.")
    private int rounds = 3;

    @Option(names = "--day-rounds", paramLabel = "N", description = "Times a single day is loaded.")
    private int dayRounds = 9;

    @Option(names = "--chartlake", paramLabel = "COMMAND", description = "What loads.")
    private String chartlake = "./chartlake";

    private final PrintStream out = System.out;

    private PostgresBench() {}

    /** Leaves with 0 if all was measured, 1 if not, 2 for a wrong option. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PostgresBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        HistoryLake.make(dir, years, lists, out);
        Path copies = Files.createDirectories(dir.resolve("copies"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection()) {
            var serverTime = new ServerTime(connection);
            List<Times> loads = new ArrayList<>();
            List<Times> bare = new ArrayList<>();
            long rows = 0;
            for (int round = 0; round < rounds; round++) {
                empty(connection, "loaded");
                double before = serverTime.seconds();
                Measured load = load(server, "loaded");
                loads.add(new Times(
                        load.wallSeconds(),
                        serverTime.seconds() - before,
                        Objects.requireNonNullElse(load.cpuSeconds(), Double.NaN)));
                if (round == 0) {
                    rows = export(connection, copies);
                }
                empty(connection, "bare");
                prepare(server, "bare");
                before = serverTime.seconds();
                double own = ownSeconds();
                double wall = copy(connection, copies);
                bare.add(new Times(wall, serverTime.seconds() - before, ownSeconds() - own));
                say("Round %d: load %s; COPY %s; %,d rows", round + 1, loads.get(round), bare.get(round), rows);
            }
            Times load = Times.median(loads);
            Times copy = Times.median(bare);
            say(
                    "Median:  load %s, %,.0f rows/s; COPY %s, %,.0f rows/s",
                    load, rows / load.wall, copy, rows / copy.wall);
            say("Ratio:   %.2f (at least 0.80)", copy.wall / load.wall);
            days(server, connection);
        }
        return 0;
    }

    /** Seconds: by the clock, and of processors in the server's processes and in the client's. */
    private record Times(double wall, double server, double client) {
        static Times median(List<Times> all) {
            return new Times(median(all, Times::wall), median(all, Times::server), median(all, Times::client));
        }

        private static double median(List<Times> all, ToDoubleFunction<Times> value) {
            return all.stream().mapToDouble(value).sorted().toArray()[all.size() / 2];
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f s (processor: server %.1f s, client %.1f s)", wall, server, client);
        }
    }

    /** Processor time of this process. */
    private static double ownSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    /** The last day, into tables that have all others and into tables that have none. */
    private void days(EmbeddedPostgres server, Connection connection)
            throws IOException, InterruptedException, SQLException {
        String day = HistoryLake.LAST_DAY.toString();
        List<Double> full = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        for (int round = 0; round < dayRounds; round++) {
            full.add(load(server, "loaded", "--since", day, "--until", day, "--all")
                    .wallSeconds());
            empty(connection, "bare");
            load(server, "bare", "--until", "1900-01-01"); // makes the tables
            first.add(load(server, "bare", "--since", day, "--until", day).wallSeconds());
        }
        double withAll = full.stream().sorted().toList().get(dayRounds / 2);
        double withNone = first.stream().sorted().toList().get(dayRounds / 2);
        say(
                "A day:   %.2f s with all days loaded, %.2f s with none, ratio %.2f (at most 1.20)",
                withAll, withNone, withAll / withNone);
    }

    private Measured load(EmbeddedPostgres server, String schema, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env"));
        environment(server, schema).forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(chartlake.strip().split("\\s+")));
        command.addAll(List.of(
                "load",
                "postgres",
                "--lake",
                dir.resolve("lake").toAbsolutePath().normalize().toString()));
        command.addAll(List.of(options));
        return Measured.run(command);
    }

    private static Map<String, String> environment(EmbeddedPostgres server, String schema) {
        return Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(server.getPort()),
                "PGUSER", "postgres",
                "PGDATABASE", "postgres",
                "CHARTLAKE_POSTGRES_SCHEMA", schema);
    }

    private static void prepare(EmbeddedPostgres server, String schema) throws IOException {
        try (SqlWarehouse warehouse = Postgres.open(
                Map.of(),
                environment(server, schema),
                new SqlWarehouse.Held(() -> "bench", SqlWarehouse.OtherLake.MOVE, Optional.of(ViewSettings.DEFAULT)))) {
            warehouse.prepare();
        }
    }

    private static void empty(Connection connection, String schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("CHECKPOINT");
        }
    }

    private static String columns(Table table) {
        return Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream())
                .map(Column::name)
                .collect(Collectors.joining(", "));
    }

    /** Writes each table into a file as COPY reads it, and returns how many rows there are. */
    private static long export(Connection connection, Path copies) throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        long rows = 0;
        for (Table table : Table.values()) {
            try (OutputStream out = Files.newOutputStream(copies.resolve(table.sqlName()))) {
                copy.copyOut(
                        "COPY (SELECT " + columns(table) + " FROM loaded." + Views.days(table)
                                + " ORDER BY snapshot_date) TO STDOUT (FORMAT binary)",
                        out);
            }
            try (var statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("SELECT count(*) FROM loaded." + Views.days(table))) {
                count.next();
                rows += count.getLong(1);
            }
        }
        return rows;
    }

    /** Copies all files into the tables of the schema "bare", in one transaction, and returns the seconds it took. */
    private static double copy(Connection connection, Path copies) throws SQLException, IOException {
        long start = System.nanoTime();
        connection.setAutoCommit(false);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Table table : Table.values()) {
            try (InputStream in = Files.newInputStream(copies.resolve(table.sqlName()))) {
                copy.copyIn(
                        "COPY bare." + Views.days(table) + " (" + columns(table) + ") FROM STDIN (FORMAT binary)",
                        in,
                        1 << 16);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}

package dev.chartlake.warehouse.duckdbfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.testkit.WarehouseContract;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DuckDB file keeps the contract. */
class DuckDbFileTest extends WarehouseContract {
    private static final AtomicInteger FILES = new AtomicInteger();

    @TempDir
    Path databases;

    private Path file = Path.of("");

    @Override
    protected void empty() {
        file = databases.resolve("charts-" + FILES.incrementAndGet() + ".duckdb");
    }

    @Override
    protected Warehouse open(String lakeId, boolean move) throws IOException {
        return new DuckDbFile(
                file,
                new Held(() -> lakeId, move ? OtherLake.MOVE : OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }

    /** Ends at a call, and is closed as little as a process that was killed closes it: nothing takes the file's place. */
    @Override
    protected Warehouse openUntil(String lakeId, int number) throws IOException {
        Warehouse warehouse = open(lakeId, false);
        return new Warehouse() {
            private int calls;

            private void call() throws IOException {
                if (++calls >= (number + 6) / 7) {
                    throw new IOException("It ends here");
                }
            }

            @Override
            public String prepare() throws IOException {
                call();
                return warehouse.prepare();
            }

            @Override
            public Optional<Map<LocalDate, String>> versions() throws IOException {
                call();
                return warehouse.versions();
            }

            @Override
            public Map<Table, Long> load(LoadDay day) throws IOException {
                call();
                Map<Table, Long> taken = warehouse.load(day);
                call();
                return taken;
            }

            @Override
            public void close() throws IOException {
                warehouse.close();
            }
        };
    }

    @Override
    protected Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + file);
    }

    @Override
    protected String type(ColumnType type) {
        return type == ColumnType.TEXT ? "VARCHAR" : type.name();
    }

    @Test
    void whoHasItOpenGoesOnReadingWhatItWas() throws Exception {
        lake().commit(LocalDate.of(2024, 1, 1), new Random(1), 40);
        load(Loader.Days.NEW);
        try (Connection reader = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly())) {
            lake().commit(LocalDate.of(2024, 1, 2), new Random(2), 40);
            load(Loader.Days.NEW);
            try (ResultSet days = reader.createStatement().executeQuery("SELECT count(*) FROM chartlake_days")) {
                days.next();
                assertThat(days.getInt(1)).isEqualTo(1);
            }
        }
        requireTheLakesRows();
        try (var left = Files.list(databases)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(file.getFileName().toString(), file.getFileName() + ".lock");
        }
    }

    private static java.util.Properties readOnly() {
        java.util.Properties settings = new java.util.Properties();
        settings.setProperty("duckdb.read_only", "true");
        return settings;
    }

    @Test
    void nothingNewLeavesTheFileAsItIs() throws Exception {
        lake().commit(LocalDate.of(2024, 1, 1), new Random(1), 40);
        load(Loader.Days.NEW);
        byte[] before = Files.readAllBytes(file);
        var time = Files.getLastModifiedTime(file);
        load(Loader.Days.NEW);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    }

    @Test
    void aFileThatIsSomethingElseIsLeftAlone() throws Exception {
        Files.writeString(file, "Dear diary, today I loaded a lake. ".repeat(1000));
        lake().commit(LocalDate.of(2024, 1, 1), new Random(1), 40);
        assertThatThrownBy(() -> load(Loader.Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("no DuckDB file");
        assertThat(Files.readString(file)).startsWith("Dear diary");
        file = databases.resolve("no/such/folder.duckdb");
        assertThatThrownBy(() -> load(Loader.Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("there is no folder");
    }
}

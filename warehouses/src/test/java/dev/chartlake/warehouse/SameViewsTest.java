package dev.chartlake.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.LakeId;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.LakeDays;
import dev.chartlake.testkit.RandomCharts;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import dev.chartlake.warehouse.duckdbfile.DuckDbFile;
import dev.chartlake.warehouse.postgres.TestPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views of history have the same rows in a warehouse as in {@code query}, on random histories. */
class SameViewsTest {

    @TempDir
    Path temporary;

    @Test
    @Thorough
    void everyViewHasTheSameRowsEverywhere() {
        Seeded.run(Depth.of(1, 8), random -> {
            Path folder = Files.createTempDirectory(temporary, "lake");
            LakeDays lake = new LakeDays(folder);
            new RandomCharts(random, lake, new CsvFormat()).write(16);
            try (TestPostgres postgres = new TestPostgres()) {
                load(lake.store(), postgres.open(held(lake.store())));
                Path file = folder.resolve("charts.duckdb");
                load(lake.store(), new DuckDbFile(file, held(lake.store())));
                try (DuckDbLake query = new DuckDbLake(folder, () -> () -> {}, ViewSettings.DEFAULT);
                        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file)) {
                    compare(query, duckDb, postgres.connection());
                }
            }
        });
    }

    private static void compare(DuckDbLake query, Connection duckDb, Connection postgres) throws Exception {
        int rows = 0;
        for (String view : Views.everyName()) {
            List<String> expected = rows(query, view);
            assertThat(rows(postgres, view)).as("%s in Postgres", view).isEqualTo(expected);
            assertThat(rows(duckDb, view)).as("%s in DuckDB", view).isEqualTo(expected);
            rows += expected.size();
        }
        assertThat(rows).isGreaterThan(1000);
    }

    private static Held held(ObjectStore store) {
        return new Held(() -> LakeId.of(store), OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT));
    }

    private static void load(ObjectStore store, Warehouse opened) throws IOException {
        try (Warehouse warehouse = opened) {
            assertThat(new Loader(store, new FileDayTables(store), Clock.systemUTC())
                            .run("any", warehouse, Loader.Days.NEW, (done, of) -> {})
                            .failures())
                    .isEmpty();
        }
    }

    private static List<String> rows(DuckDbLake query, String view) throws IOException {
        List<String> rows = new ArrayList<>();
        query.run("SELECT * FROM " + view, new ResultSink() {
            @Override
            public void columns(List<ResultColumn> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                rows.add(values.stream().map(SameViewsTest::text).toList().toString());
            }

            @Override
            public void end() {}
        });
        return rows.stream().sorted().toList();
    }

    private static List<String> rows(Connection connection, String view) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = connection.createStatement().executeQuery("SELECT * FROM " + view)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(text(found.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
        return rows.stream().sorted().toList();
    }

    /** Without the differences between drivers: types of numbers and dates, and the last digits of a share. */
    private static String text(@Nullable Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString())
                    .round(new MathContext(12))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        if (value instanceof java.sql.Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        return String.valueOf(value);
    }
}

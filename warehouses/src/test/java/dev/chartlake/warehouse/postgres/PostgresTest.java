package dev.chartlake.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.load.Loader;
import dev.chartlake.load.Loader.Days;
import dev.chartlake.load.Warehouse;
import dev.chartlake.model.ColumnType;
import dev.chartlake.testkit.WarehouseContract;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real Postgres keeps the contract. */
class PostgresTest extends WarehouseContract {
    private static final LocalDate FIRST = LocalDate.of(2024, 2, 28);

    private final List<CutConnection> ways = new ArrayList<>();
    private String schema = "";

    @AfterEach
    void closeWays() throws IOException {
        for (CutConnection way : ways) {
            way.close();
        }
    }

    @Override
    protected void empty() throws SQLException {
        schema = PostgresServer.schema();
    }

    @Override
    protected Warehouse open(String lakeId, boolean move) throws IOException {
        return open(lakeId, move, PostgresServer.port());
    }

    private Warehouse open(String lakeId, boolean move, int port) throws IOException {
        return Postgres.open(
                Map.of(),
                PostgresServer.environment(schema, port),
                new Held(() -> lakeId, move ? OtherLake.MOVE : OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }

    @Override
    protected Warehouse openUntil(String lakeId, int number) throws IOException {
        CutConnection way = new CutConnection(PostgresServer.port(), number);
        ways.add(way);
        return open(lakeId, false, way.port());
    }

    @Override
    protected Connection connection() throws SQLException {
        return PostgresServer.connection(schema);
    }

    @Override
    protected String type(ColumnType type) {
        return type == ColumnType.TEXT ? "TEXT COLLATE \"C\"" : type.name();
    }

    @Test
    void severalDaysAreOneTransaction() throws Exception {
        commitDays();
        assertThat(load(Days.NEW).days()).hasSize(4);
        assertThat(transactions()).isEqualTo(1);
        requireTheLakesRows();
    }

    @Test
    void rowsOfDaysThatAreNotNotedAreReplaced() throws Exception {
        commitDays();
        load(Days.NEW);
        execute("DELETE FROM chartlake_days");
        execute("DELETE FROM song_days WHERE snapshot_date > '" + FIRST.plusDays(1) + "'");
        execute("DELETE FROM artist_days");
        execute("UPDATE album_days SET name = 'by hand' WHERE snapshot_date = '" + FIRST.plusDays(3) + "'");
        assertThat(load(Days.NEW).days()).hasSize(4);
        assertThat(transactions()).isEqualTo(1);
        requireTheLakesRows();
    }

    @Test
    void aDayThatTheServerRefusesAmongSeveralCostsOnlyItself() throws Exception {
        load(Days.NEW);
        execute("ALTER TABLE song_days ADD CONSTRAINT mine CHECK (snapshot_date <> '" + FIRST.plusDays(2) + "')");
        commitDays();
        Loader.Result result = load(Days.NEW);
        assertThat(result.countsBroke()).isFalse();
        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith("Day " + FIRST.plusDays(2) + ": ")
                .contains("does not take the day's rows", "mine");
        requireAllBut(FIRST.plusDays(2));
    }

    @Test
    void rowsThatTheServerLosesAmongSeveralDaysAreAFailureOfTheirDay() throws Exception {
        load(Days.NEW);
        execute("CREATE FUNCTION " + schema + ".lose() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.snapshot_date = ''" + FIRST.plusDays(1)
                + "'' THEN RETURN NULL; END IF; RETURN NEW; END'");
        execute("CREATE TRIGGER losing BEFORE INSERT ON artist_days FOR EACH ROW EXECUTE FUNCTION " + schema
                + ".lose()");
        commitDays();
        Loader.Result result = load(Days.NEW);
        assertThat(result.countsBroke()).isTrue();
        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith("Day " + FIRST.plusDays(1) + ": ")
                .contains("took 0 rows of artists");
        requireAllBut(FIRST.plusDays(1));
    }

    private void commitDays() throws IOException {
        for (int i = 0; i < 4; i++) {
            lake().commit(FIRST.plusDays(i), new Random(60 + i), 40);
        }
    }

    private void requireAllBut(LocalDate day) throws Exception {
        assertThat(transactions()).isEqualTo(3);
        lake().rows().remove(day);
        requireTheLakesRows();
    }

    /** In how many transactions the days were loaded. */
    private int transactions() throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(DISTINCT xmin::text) FROM chartlake_days")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

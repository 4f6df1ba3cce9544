package dev.chartlake.warehouse.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.ColumnType;
import dev.chartlake.testkit.WarehouseContract;
import dev.chartlake.testkit.WarehouseRows;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file keeps the contract. */
class SqliteTest extends WarehouseContract {
    private static final AtomicInteger FILES = new AtomicInteger();
    private static final Set<String> ASKED = Set.of("createStatement", "prepareStatement", "commit");

    @TempDir
    Path databases;

    private Path file = Path.of("");

    @Override
    protected void empty() {
        file = databases.resolve("charts-" + FILES.incrementAndGet() + ".sqlite");
    }

    @Override
    protected Warehouse open(String lakeId, boolean move) throws IOException {
        return SqliteFile.open(
                file,
                new Held(() -> lakeId, move ? OtherLake.MOVE : OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }

    @Override
    protected Warehouse openUntil(String lakeId, int number) throws IOException {
        try {
            Connection connection = SqliteFile.connect(file);
            AtomicInteger asked = new AtomicInteger();
            Connection dying = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (ASKED.contains(method.getName()) && asked.incrementAndGet() == number) {
                            connection.close();
                            throw new SQLException("It ends here");
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return new SqlWarehouse(
                    dying,
                    new SqliteDatabase("SQLite"),
                    new Held(() -> lakeId, OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Override
    protected String type(ColumnType type) {
        return type.name();
    }

    @Override
    protected List<String> views() {
        return List.of("songs", "albums", "artists", "artist_songs");
    }

    @Override
    protected WarehouseRows.Reading reading() {
        return new WarehouseRows.Reading() {
            @Override
            public @Nullable LocalDate date(ResultSet rows, int column) throws SQLException {
                String text = rows.getString(column);
                return text == null ? null : LocalDate.parse(text);
            }

            @Override
            public @Nullable LocalDateTime time(ResultSet rows, int column) throws SQLException {
                String text = rows.getString(column);
                return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T'));
            }
        };
    }

    @Test
    void aFileThatIsSomethingElseIsLeftAlone() throws Exception {
        Files.writeString(file, "Dear diary, today I loaded a lake. ".repeat(1000));
        lake().commit(LocalDate.of(2024, 1, 1), new Random(1), 40);
        assertThatThrownBy(() -> load(Loader.Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("no SQLite database");
        assertThat(Files.readString(file)).startsWith("Dear diary");
        file = databases.resolve("no/such/folder.sqlite");
        assertThatThrownBy(() -> load(Loader.Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("there is no folder");
    }
}

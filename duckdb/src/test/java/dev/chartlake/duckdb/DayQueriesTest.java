package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.model.Table;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application's own queries can say beyond the views. */
@SuppressWarnings("NullAway.Init")
class DayQueriesTest {
    private DuckDbLake lake;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        new LakeFolder(folder)
                .csv(Table.ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,")
                .csv(Table.ARTISTS, "2021-03-26", "a,2021-03-26 12:00:00,B,", "b,2021-03-26 12:00:00,C,")
                .csv(Table.SONG_ARTISTS, "2021-03-26", "s,1,a,2021-03-26 12:00:00");
        lake = DuckDbLake.serving(folder, () -> () -> {}, ViewSettings.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        lake.close();
    }

    @Test
    void theRowsOfADayAreThoseOfTheView() throws IOException {
        for (var day : new String[] {"2021-03-24", "2021-03-25", "2021-03-26"}) {
            var named = Views.onDay("artist_days", LocalDate.parse(day));
            var expected = rows("FROM artist_days WHERE snapshot_date = DATE '" + day + "' ORDER BY artist_id");
            assertThat(rows("FROM " + named + " ORDER BY artist_id")).isEqualTo(expected);
            assertThat(rows("WITH own AS (FROM " + named + ") SELECT * FROM own ORDER BY artist_id"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void nobodyElseCanNameThem() {
        assertThatThrownBy(() -> lake.run("FROM artist_days_on_20210325", printer(new StringWriter())))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void viewsReadKeptTablesInsteadOfOthers() throws IOException {
        lake.keep("kept_artists", "SELECT * REPLACE ('kept' AS artist_name) FROM artists");
        lake.keep("kept_songs", "SELECT artist_name FROM artist_songs", Map.of("artists", "kept_artists"));
        assertThat(rows("SELECT artist_name FROM kept_songs")).isEqualTo("artist_name\nkept\n");
        assertThat(rows("SELECT artist_name FROM artist_songs")).isEqualTo("artist_name\nB\n");
    }

    private String rows(String sql) throws IOException {
        var out = new StringWriter();
        lake.runSmall(sql, printer(out));
        return out.toString();
    }

    private static ResultSink printer(StringWriter out) {
        return ResultFormat.CSV.printer(
                out, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), 0);
    }
}

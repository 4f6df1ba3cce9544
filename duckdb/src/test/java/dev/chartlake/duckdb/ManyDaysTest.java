package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight years of days in all tables. */
class ManyDaysTest {
    private static final int DAYS = Depth.of(500, 3000);
    private static final LocalDate FIRST = LocalDate.parse("2018-01-01");
    private static final LocalDate ASKED = LocalDate.parse("2019-02-28");

    @TempDir
    Path folder;

    private LakeFolder many() throws IOException {
        var lake = new LakeFolder(folder);
        for (var table : Table.values()) {
            var key = table.columns().get(0);
            var value = key.type() == ColumnType.TEXT ? "'x' || range" : "TIMESTAMP '2018-01-01' + to_seconds(range)";
            lake.parquet(table, FIRST.toString(), "SELECT " + value + " AS " + key.name() + " FROM range(50)");
            var sample = lake.file(table, FIRST.toString(), "part-0.parquet");
            for (int day = 1; day < DAYS; day++) {
                var date = FIRST.plusDays(day).toString();
                Files.copy(sample, lake.file(table, date, "part-0.parquet"));
            }
        }
        commit(lake);
        lake.csv(Table.SONGS, "2026-11-20", "csv,2026-11-20 12:00:00,,,,,,,,,,,");
        return lake;
    }

    private static void commit(LakeFolder lake) {
        for (int day = 0; day < DAYS; day++) {
            lake.commit(FIRST.plusDays(day).toString());
        }
    }

    @Test
    @Thorough
    void allOfManyDaysAreCounted() throws IOException {
        many();
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            assertGives(engine, "SELECT count(*) AS n FROM song_days", 50 * DAYS + 1);
            assertGives(engine, "SELECT count(*) AS n FROM songs", 51);
            assertGives(engine, "SELECT count(DISTINCT song_name) AS n FROM songs", 0);
            assertGives(engine, "SELECT count(*) AS n FROM artist_songs", 50);
        }
    }

    /** All other days are broken: whoever opens one fails. */
    @Test
    @Thorough
    void aQueryForOneDayOpensNoFilesOfOthers() throws IOException {
        var lake = many();
        for (var table : Table.values()) {
            for (int day = 1; day < DAYS; day++) {
                var date = FIRST.plusDays(day);
                if (!date.equals(ASKED)) {
                    Files.writeString(lake.file(table, date.toString(), "part-0.parquet"), "broken");
                }
            }
        }
        commit(lake);
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            assertGives(engine, "SELECT 1 AS n", 1);
            assertGives(engine, "SELECT count(*) AS n FROM song_days WHERE snapshot_date = DATE '" + ASKED + "'", 50);
            assertGives(engine, "SELECT count(*) AS n FROM song_days WHERE snapshot_date >= DATE '2026-11-20'", 1);
        }
    }

    private static void assertGives(QueryEngine engine, String sql, int expected) throws IOException {
        assertThat(LakeFolder.csv(engine, sql)).as(sql).isEqualTo("n\n" + expected + "\n");
    }
}

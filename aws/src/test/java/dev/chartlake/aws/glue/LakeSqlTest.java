package dev.chartlake.aws.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.views.Views;
import io.trino.sql.parser.SqlParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views as Athena gets them, by the parser of Trino, which Athena is. */
class LakeSqlTest {

    static Stream<String> views() {
        return LakeSql.views().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("views")
    void trinoCanParseEveryStatement(String view) {
        var query = LakeSql.views().getOrDefault(view, "");
        assertThat(new SqlParser().createStatement(LakeSql.statement(view, query)))
                .isNotNull();
        assertThat(query).doesNotContain("--");
    }

    @Test
    void csvIsCastAndParquetIsNot() {
        assertThat(LakeSql.views().get("song_artists"))
                .isEqualTo("SELECT snapshot_date, song_id, artist_order, artist_id, observed_at FROM song_artist_data\n"
                        + "UNION ALL\n"
                        + "SELECT snapshot_date, song_id, CAST(nullif(artist_order, '') AS INTEGER) AS artist_order,"
                        + " artist_id, CAST(nullif(observed_at, '') AS TIMESTAMP) AS observed_at FROM"
                        + " song_artist_data_csv");
        assertThat(LakeSql.views().get("artist_days")).contains("nullif(artist_name, '') AS artist_name");
    }

    @Test
    void theFingerprintTellsAnotherOrder() {
        var views = LakeSql.views();
        var names = new ArrayList<>(views.keySet());
        Map<String, String> turned = new LinkedHashMap<>();
        for (var name : List.of(names.get(1), names.get(0))) {
            turned.put(name, views.getOrDefault(name, ""));
        }
        assertThat(LakeSql.fingerprint(views)).isNotEqualTo(LakeSql.fingerprint(turned));
        assertThat(views).containsKeys("songs", "song_days", "chart_history_by_recording");
        assertThat(views.keySet()).containsAll(Views.all().keySet());
    }
}

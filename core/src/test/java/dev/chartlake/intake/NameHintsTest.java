package dev.chartlake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names and folders say of a file, as the older pipelines, browsers and people write them. */
class NameHintsTest {

    private static NameHints hints(String path) {
        return new NameHints(List.of(path.split("/", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "spotify_raw_2023-05-19 10:44:00.123456.json, 2023-05-19T10:44:00Z",
        "spotify_raw_2023-05-19.json, 2023-05-19T00:00:00Z",
        "2023-05-19T10-44-00.json, 2023-05-19T10:44:00Z",
        "2023-05-19T10:44:00Z.json, 2023-05-19T10:44:00Z",
        "2023-05-19T10:44:00.5Z.json, 2023-05-19T10:44:00Z",
        "2023-05-19_10.44.07.json, 2023-05-19T10:44:07Z",
        "2023-05-19-1044.json, 2023-05-19T10:44:00Z",
        "2023-05-19 10h44.json, 2023-05-19T10:44:00Z",
        "20230519.json, 2023-05-19T00:00:00Z",
        "20230519_104400.json, 2023-05-19T10:44:00Z",
        "20230519104407.json, 2023-05-19T10:44:07Z",
        "20230519T1044.json, 2023-05-19T10:44:00Z",
        "2023_05_19.json, 2023-05-19T00:00:00Z",
        "top50-2023-05-19 (1).json, 2023-05-19T00:00:00Z",
        "playlist-2023-05-19-100.json, 2023-05-19T00:00:00Z",
        "regional-no-weekly-2025-11-27.csv, 2025-11-27T00:00:00Z",
        "regional-no-weekly-2025-11-27 (2).csv, 2025-11-27T00:00:00Z",
        "regional-global-weekly-2020-01-03--2020-01-10.csv, 2020-01-09T00:00:00Z",
        "2023-05-19/data.json, 2023-05-19T00:00:00Z",
        "2023-05-19/2023-05-20.json, 2023-05-20T00:00:00Z",
        "2023-13-45_20230519.json, 2023-05-19T00:00:00Z",
        "2023-05-19/2023-02-30.json, 2023-05-19T00:00:00Z",
    })
    void readsTimes(String path, Instant at) {
        assertThat(hints(path).observedAt()).contains(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.json",
                "1684493040.json",
                "2023-13-19.json",
                "2023-02-30.json",
                "2023-05-1.json",
                "120230519.json",
                "202305191.json",
                "2023-0519.json",
                "regional-global-daily-latest.csv",
                "2023-05-19/x/data.json",
                "37i9dQZEVXbMDoHDwVN2tF.json",
                "2023.json",
                "1823-05-19.json",
                "May 19 2023/x.json"
            })
    void readsNoTimeWhereNoneIs(String path) {
        assertThat(hints(path).observedAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "regional-no-weekly-2025-11-27.csv, regional-no-weekly",
        "regional-no-weekly-2025-11-27 (1).csv, regional-no-weekly",
        "regional-no-weekly-2025-11-27(12).csv, regional-no-weekly",
        "Regional-Global-Daily-2025-11-27.CSV, regional-global-daily",
        "viral-global-daily-latest.csv, viral-global-daily",
        "regional-global-weekly-2020-01-03--2020-01-10.csv, regional-global-weekly",
        "city-oslo_1-weekly-2025-11-27.csv, city-oslo_1-weekly",
        "regional-no-weekly.csv,",
        "-2025-11-27.csv,",
        "2025-11-27.csv,",
        "regional no weekly-2025-11-27.csv,",
        "regional-no-weekly-2025-11-27.json,",
        "../regional-no-weekly-2025-11-27.csv, regional-no-weekly",
    })
    void readsCharts(String path, @Nullable String chart) {
        assertThat(hints(path).chart().orElse(null)).isEqualTo(chart);
    }

    @ParameterizedTest
    @CsvSource({
        "37i9dQZEVXbMDoHDwVN2tF.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF.2023-05-19.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/2023-05-19.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/2023/x.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/37i9dQZEVXbJvfa0Yxg7E7/x.json, 37i9dQZEVXbJvfa0Yxg7E7",
        "37i9dQZEVXbMDoHDwVN2tF/2023/05/x.json,",
        "x37i9dQZEVXbMDoHDwVN2tF.json,",
        "37i9dQZEVXbMDoHDwVN2t_.json,",
        "data.json,",
    })
    void readsPlaylists(String path, @Nullable String playlist) {
        assertThat(hints(path).playlist().orElse(null)).isEqualTo(playlist);
    }

    @ParameterizedTest
    @CsvSource({
        "lake/raw_data/processed/2026-11-21/spotify-web-api/x/083015Z.json, 2026-11-21/spotify-web-api/x/083015Z.json",
        "2026-11-21/spotify-charts/regional-no-weekly/000000Z.csv, 2026-11-21/spotify-charts/regional-no-weekly/000000Z.csv",
        "spotify-web-api/x/083015Z.json,",
        "2026-11-21/x/083015Z.json,",
        "083015Z.json,",
    })
    void knowsTheLayoutOfALake(String path, @Nullable String key) {
        assertThat(hints(path).rawKey().map(found -> found.path()).orElse(null)).isEqualTo(key);
    }
}

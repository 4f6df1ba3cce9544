package dev.chartlake.intake.names;

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
        return new NameHints(new FilePath(List.of(path.split("/", -1))), new ReadNames(DayOrder.UNKNOWN));
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
        "2023/05/19/data.json, 2023-05-19T00:00:00Z",
        "2023/5/9/data.json, 2023-05-09T00:00:00Z",
        "2023/05/19.json, 2023-05-19T00:00:00Z",
        "2023/May/19/data.json, 2023-05-19T00:00:00Z",
        "2023/05/19/22/data.json, 2023-05-19T22:00:00Z",
        "2023-05-19/10/data.json, 2023-05-19T10:00:00Z",
        "2023-05/19/data.json, 2023-05-19T00:00:00Z",
        "2023/05-19/data.json, 2023-05-19T00:00:00Z",
        "year=2023/month=05/day=19/hour=07/data.json, 2023-05-19T07:00:00Z",
        "date=2023-05-19/data.json, 2023-05-19T00:00:00Z",
        "snapshot_date=2023-05-19/part-0.json, 2023-05-19T00:00:00Z",
        "20230519/a/b/data.json, 2023-05-19T00:00:00Z",
        "2023-05-19/a/b/c/data.json, 2023-05-19T00:00:00Z",
        "2023-05-19/10-44-07.json, 2023-05-19T10:44:07Z",
        "2023-05-19/x/data.json, 2023-05-19T00:00:00Z",
        "May 19 2023/x.json, 2023-05-19T00:00:00Z",
        "chart 19 May 2023.csv, 2023-05-19T00:00:00Z",
        "1684493040.json, 2023-05-19T10:44:00Z",
        "playlist_1684493040.json, 2023-05-19T10:44:00Z",
        "1684493040123.json, 2023-05-19T10:44:00Z",
        "dump20230519.json, 2023-05-19T00:00:00Z",
        "2023-05-19_0831b7.json, 2023-05-19T00:00:00Z",
        "2023-05-19-0831b7.json, 2023-05-19T00:00:00Z",
        "0831b7_2023-05-19.json, 2023-05-19T00:00:00Z",
        "37i9dQZEVXbMDoHDwVN2tF_2023-05-19.json, 2023-05-19T00:00:00Z",
        "2023-05-19T23:30:00-05:00.json, 2023-05-20T04:30:00Z",
        "2023-05-19T23-30-00-0500.json, 2023-05-20T04:30:00Z",
        "2023-05-20T083000+0900.json, 2023-05-19T23:30:00Z",
        "2023-05-20T0830+09.json, 2023-05-19T23:30:00Z",
        "2023-05-20 08%3A30%3A00+0900.json, 2023-05-19T23:30:00Z",
        "2023-05-19 at 11.30.05 PM.json, 2023-05-19T23:30:05Z",
        "20230519T233000Z.json.gz, 2023-05-19T23:30:00Z",
        "20230519T104407123456Z.json, 2023-05-19T10:44:07Z",
        "regional-no-weekly-2023-05-18.csv.csv, 2023-05-18T00:00:00Z",
        "regional-no-weekly-2023-05-18 - Copy.csv, 2023-05-18T00:00:00Z",
        "regional-no-weekly-2023-05-18_1.csv, 2023-05-18T00:00:00Z",
        "regional-no-daily-2023-05-18--2023-05-18.csv, 2023-05-18T00:00:00Z",
        "top_weekly_from_2023-05-11_to_2023-05-18.csv, 2023-05-18T00:00:00Z",
        "weekly 2023-05-12 - 2023-05-18.csv, 2023-05-18T00:00:00Z",
    })
    void readsTimes(String path, Instant at) {
        assertThat(hints(path).date().instant()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.json",
                "2023-05-1.json",
                "120230519.json",
                "202305191.json",
                "2023-0519.json",
                "regional-global-daily-latest.csv",
                "37i9dQZEVXbMDoHDwVN2tF.json",
                "2023.json",
                "1234567.json",
                "4712345678.json",
                "da39a3ee5e6b4b0d3255bfef20230519afd80709.json",
                "a20230519b.json",
                "20230519-0519-4abc-8def-0123456789ab.json",
                "2023-05-19/a/b/c/d/data.json",
                "2023/x/19/data.json"
            })
    void readsNoTimeWhereNoneIs(String path) {
        assertThat(hints(path).date()).isEqualTo(NameDate.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-02-30.json | exists",
                "2023-13-19.json | exists",
                "20230230.json | exists",
                "2023-05-19/2023-02-30.json | exists",
                "2023-13-45_20230519.json | exists",
                "2023/02/30/data.json | exists",
                "date=2023-02-30/data.json | exists",
                "2023-05-19_2023-05-20.json | two dates",
                "2023-05-19 to 2023-06-20.csv | two dates",
                "19-05-2023.json | month first",
                "19/x/05.19.2023.json | month first",
                "01-05-23.json | several dates",
                "2023-W19.csv | a week",
                "1999-05-19.json | before there was Spotify",
                "2023-05-19T25:00:00.json | does not exist",
                "2023-05-19T10:00:00 EST.json | EST",
                "2023-05-19T10:00:00+1900.json | does not exist",
            })
    void saysWhyADateCannotBeUsed(String path, String reason) {
        NameDate date = hints(path).date();
        assertThat(date.instant()).isNull();
        assertThat(date.problem()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "04-01-2024.json, 2024-01-04T00:00:00Z",
        "31.12.2024/x.json, 2024-12-31T00:00:00Z",
        "04-01-2024T10-30.json, 2024-01-04T10:30:00Z",
    })
    void readsDaysFirstWhereTheUserSaysSo(String path, Instant at) {
        NameHints hints = new NameHints(new FilePath(List.of(path.split("/", -1))), new ReadNames(DayOrder.DAY_FIRST));
        assertThat(hints.date().instant()).isEqualTo(at);
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
        "regional-no-weekly.csv, regional-no-weekly",
        "regional no weekly-2025-11-27.csv, regional-no-weekly",
        "regional_no_weekly_20240104 - Copy.csv, regional-no-weekly",
        "Copy of regional-no-weekly-2024-01-04.csv, regional-no-weekly",
        "regional-no-weekly-2024-W01.csv, regional-no-weekly",
        "regional-no-weekly-01-04-24.csv, regional-no-weekly",
        "regional-norway-weekly-2024-01-04.csv, regional-no-weekly",
        "regional-united-states-daily-2024-01-04.csv, regional-us-daily",
        "spotify-charts-weekly-2024-01-04-no.csv, regional-no-weekly",
        "no/weekly/2024-01-04.csv, regional-no-weekly",
        "NO/Weekly/2024-01-04.csv, regional-no-weekly",
        "weekly/viral/Norway/2024-01-04.csv, viral-no-weekly",
        "country=no/period=daily/date=2024-01-04/part-0.csv, regional-no-daily",
        "regional-no-weekly/2024/01/04.csv, regional-no-weekly",
        "se/weekly/regional-no-weekly-2024-01-04.csv, regional-no-weekly",
        "spotify_top200_weekly_track_charts_from_2023-12-28_to_2024-01-04.csv,",
        "my export weekly no 2024-01-04.csv,",
        "2025-11-27.csv,",
        "data.csv,",
    })
    void readsCharts(String path, @Nullable String chart) {
        assertThat(hints(path).chart().chart(null)).isEqualTo(chart);
    }

    @ParameterizedTest
    @CsvSource({
        "37i9dQZEVXbMDoHDwVN2tF.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF.2023-05-19.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/2023-05-19.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/2023/x.json, 37i9dQZEVXbMDoHDwVN2tF",
        "37i9dQZEVXbMDoHDwVN2tF/37i9dQZEVXbJvfa0Yxg7E7/x.json, 37i9dQZEVXbJvfa0Yxg7E7",
        "37i9dQZEVXbMDoHDwVN2tF/2023/05/19/10/x.json, 37i9dQZEVXbMDoHDwVN2tF",
        "playlist_37i9dQZEVXbMDoHDwVN2tF_2023-05-19.json, 37i9dQZEVXbMDoHDwVN2tF",
        "playlist_id=37i9dQZEVXbMDoHDwVN2tF/x.json, 37i9dQZEVXbMDoHDwVN2tF",
        "20230519T104407123456Z.json,",
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

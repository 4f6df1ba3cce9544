package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class StatusCommandTest {

    private static final String DAILY = "0DailyDailyDailyDaily0";
    private static final String BROKEN = "raw_data/quarantine/2026-11-20/spotify-web-api/" + DAILY + "/090000Z.json";

    @TempDir
    Path folder;

    private Path lake = Path.of("lake");

    @BeforeEach
    void name() {
        lake = folder.resolve("lake");
    }

    @Test
    void anAbsentLakeSaysWhatToDoFirst() {
        CommandLineRun status = status("table");
        assertThat(status.code()).isZero();
        assertThat(status.out())
                .startsWith(lake + ": nothing is there yet.\n")
                .contains("Waiting: nothing.")
                .contains("Next: ./chartlake import FILE --lake " + lake, "./chartlake demo");
        assertThat(lake).doesNotExist();
    }

    @Test
    void aFileInPlaceOfALakeIsRefused() throws IOException {
        Files.writeString(lake, "");
        CommandLineRun status = status("table");
        assertThat(status.code()).isEqualTo(2);
        assertThat(status.err()).contains("Not a folder: " + lake);
    }

    @Test
    void jsonHasAllOfIt() throws IOException {
        fill();
        CommandLineRun status = status("json");
        assertThat(status.code()).isZero();
        assertThat(status.out()).isEqualTo("""
                        {"lake":"LAKE","days":{"count":4,"first":"2026-11-15","last":"2026-11-20","every_days":1,\
                        "missing_days":2,"gaps":[{"first":"2026-11-17","last":"2026-11-18","days":2}]},\
                        "newest_snapshot_at":"2026-11-20T08:00:00Z",\
                        "rows":{"playlists":5,"playlist_entries":10,"songs":2,"albums":0,"artists":0,"song_artists":0,\
                        "album_artists":0,"plays":0},"entries":{"read":10,"written":10,"repeated":0},\
                        "waiting":{"objects":2,"bytes":5,"days":1,"loose":1},"quality":{"findings":0,"days":0},"requests_24h":0,"cooldown":null
                        ,"lists":[
                        {"source":"spotify-charts","playlist_id":"regional-no-weekly",\
                        "name":"Weekly Top Songs - Norway",\
                        "first_day":"2026-11-19","last_day":"2026-11-19","days":1,"every_days":1,"missing_days":0,\
                        "gaps":[],"snapshots":1,"entries":2,"newest_snapshot_at":"2026-11-19T00:00:00Z","age_hours":63}
                        ,{"source":"spotify-web-api","playlist_id":"0DailyDailyDailyDaily0","name":"Mine \\"20\\"",\
                        "first_day":"2026-11-15","last_day":"2026-11-20","days":4,"every_days":1,"missing_days":2,\
                        "gaps":[{"first":"2026-11-17","last":"2026-11-18","days":2}],"snapshots":4,"entries":2,\
                        "newest_snapshot_at":"2026-11-20T08:00:00Z","age_hours":31}]
                        ,"quarantined":[
                        {"key":"BROKEN","size":8,"reason":"the document ends inside a value: it is truncated",\
                        "offset":8,"cure":"Repair the file and put it into raw_data/to_process/, or delete it with its\
                         .error.json.","file":"FILE"}]
                        ,"problems":[]}
                        """.replace("LAKE", lake.toString())
                .replace("BROKEN", BROKEN)
                .replace("FILE", BROKEN.replace("raw_data/quarantine/", "")));
    }

    @Test
    void csvHasTheLists() throws IOException {
        fill();
        assertThat(status("csv").out()).isEqualTo("""
                        source,playlist_id,name,first_day,last_day,days,every_days,missing_days,snapshots,entries,\
                        newest_snapshot_at,age_hours
                        spotify-charts,regional-no-weekly,Weekly Top Songs - Norway,2026-11-19,2026-11-19,1,1,0,1,2,\
                        2026-11-19T00:00:00Z,63
                        spotify-web-api,0DailyDailyDailyDaily0,"Mine ""20\""",2026-11-15,2026-11-20,4,1,2,4,2,\
                        2026-11-20T08:00:00Z,31
                        """);
    }

    @Test
    void thePageSaysWhatWaitsWhatIsQuarantinedAndWhatToDo() throws IOException {
        fill();
        assertThat(status("table").out())
                .startsWith(lake + ": 4 days, 2026-11-15 to 2026-11-20. 2 lists, 10 entries of 10 read, 0 repeated."
                        + " Newest snapshot: 31 hours ago.\n\nlist ")
                .containsPattern(
                        DAILY + " +Mine \"20\" +spotify-web-api +2026-11-15 +2026-11-20 +4 +2 +4 +2 +31 hours ago")
                .contains("Waiting: 2 raw objects, 5 bytes, of 1 day; loose: 1.\n")
                .contains("  " + DAILY + ": 2 from 2026-11-17 to 2026-11-18\n")
                .contains("Quarantined: 1\n  " + BROKEN + " (8 bytes): ")
                .endsWith("Next: ./chartlake transform --lake " + lake + "\n");
    }

    @Test
    void whatIsNotAsTheManifestsSayIsToldWithTheCure() throws IOException {
        fill();
        Path tables = lake.resolve("transformed_data");
        Files.delete(tables.resolve("playlist_data/snapshot_date=2026-11-15/part-0.csv"));
        Files.writeString(tables.resolve("playlist_data/snapshot_date=2026-11-16/part-0.csv"), "short");
        Files.writeString(tables.resolve("_days/2026-11-19.json"), "{\"version\":");
        Path stray = Files.createDirectories(tables.resolve("song_data/snapshot_date=2026-11-18"));
        Files.writeString(stray.resolve("part-0.csv"), "");
        Files.writeString(tables.resolve("_days/draft.json"), "{}");
        Files.writeString(lake.resolve(BROKEN + ".error.json"), "not json");
        String page = status("table").out();
        assertThat(page)
                .contains("3 days, 2026-11-15 to 2026-11-20", "Problems: 5\n")
                .contains("snapshot_date=2026-11-15/part-0.csv is missing. Run ./chartlake transform --since 2026-11-15"
                        + " --until 2026-11-15 --all --lake " + lake + ".\n")
                .containsPattern(
                        "2026-11-16/part-0.csv has 5 bytes, its manifest says \\d+\\. Run ./chartlake transform")
                .contains("song_data/snapshot_date=2026-11-18/part-0.csv is in no manifest. Run ./chartlake transform")
                .contains("transformed_data/_days/2026-11-19.json cannot be read: ")
                .contains("transformed_data/_days/draft.json is not named after a day. Delete it.")
                .contains("nothing beside it says why");

        Files.delete(stray.resolve("part-0.csv"));
        Files.delete(tables.resolve("_days/draft.json"));
        assertThat(CommandLineRun.of("transform", "--format", "csv", "--all", "--lake", lake.toString())
                        .code())
                .isEqualTo(1); // what waits is unreadable
        assertThat(status("json").out()).contains("\"problems\":[]").contains("\"count\":5");
    }

    private CommandLineRun status(String output) {
        return CommandLineRun.at("2026-11-21T15:30:00Z", "status", "--lake", lake.toString(), "--output", output);
    }

    /** Four days of one list, two of them missing; a chart; a broken answer; one object waiting and one loose. */
    private void fill() throws IOException {
        for (int day : new int[] {15, 16, 19, 20}) {
            file(
                    "in/" + DAILY + "_2026-11-" + day + "T08-00-00Z.json",
                    "{\"id\":\"" + DAILY + "\",\"name\":\"Mine \\\"" + day
                            + "\\\"\",\"tracks\":{\"items\":[{\"track\":null},{\"track\":null}],\"total\":2,\"next\":null}}");
        }
        file("in/regional-no-weekly-2026-11-19.csv", """
                rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams
                1,spotify:track:0aaaaaaaaaaaaaaaaaaaaa,A,One,L,1,1,1,20
                2,spotify:track:0bbbbbbbbbbbbbbbbbbbbb,B,Two,L,1,1,1,10
                """);
        file("lake/" + BROKEN.replace("quarantine", "to_process"), "{\"items\"");
        CommandLineRun.of(
                "import", "--lake", lake.toString(), folder.resolve("in").toString());
        CommandLineRun.of("transform", "--format", "csv", "--lake", lake.toString());
        file("lake/raw_data/to_process/2026-11-21/spotify-web-api/" + DAILY + "/080000Z.json", "{}\n");
        file("lake/raw_data/to_process/old.json", "{}");
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}

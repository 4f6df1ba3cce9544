package dev.chartlake.normalise.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.json.JsonException;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether a song's fields were seen before or not, a chart file says the same. */
class SongFieldsTest {

    private static final List<String> HEADERS = List.of(
            "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams",
            "rank,uri,track_name,artist_names,source,peak_rank,previous_rank,days_on_chart,streams",
            "source,rank,uri,artist_names,track_name",
            "rank,source,uri,artist_names,track_name",
            "Position,Track Name,Artist,Streams,URL",
            "rank,artist_names,track_name,uri,streams",
            "artist_names,track_name,rank,uri",
            "uri,track_name,artist_names,rank,streams,");
    private static final List<String> TEXTS = List.of(
            "A",
            "Motörhead",
            "\"Earth, Wind & Fire\"",
            "\"Say \"\"Hi\"\"\"",
            "\"two\nlines\"",
            "",
            "\"\"",
            " padded ",
            "Dua Lipa; Angèle",
            "a|b");

    @Test
    void aReaderOfManyFilesReadsEachAsANewOne() {
        Seeded.run(100, random -> {
            ChartsCsvReader reader = new ChartsCsvReader();
            Strings strings = new Strings();
            Snapshot snapshot = new Snapshot(1 << 20);
            List<String> songs = songs(random);
            int read = 0;
            for (int file = 0; file < 12; file++) {
                byte[] chart = chart(songs, random).getBytes(StandardCharsets.UTF_8);
                String expected = read(new ChartsCsvReader(), chart, new Strings(), new Snapshot(1 << 20));
                assertThat(read(reader, chart, strings, snapshot))
                        .as(() -> new String(chart, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                read += expected.startsWith("line") ? 0 : 1;
                if (random.nextInt(5) == 0) {
                    strings.clear();
                }
            }
            assertThat(read).isPositive();
        });
    }

    @Test
    void rowsAreCheckedAsTheyAreRead() {
        Seeded.run(100, random -> {
            ChartsCsvReader reader = new ChartsCsvReader();
            ChartsCsvReader checker = new ChartsCsvReader();
            Strings texts = new Strings();
            int most = random.nextBoolean() ? 200 : 1 << 20;
            for (int file = 0; file < 12; file++) {
                byte[] chart = chart(songs(random), random).getBytes(StandardCharsets.UTF_8);
                Snapshot snapshot = new Snapshot(1 << 20);
                String expected = read(reader, chart, new Strings(), snapshot);
                boolean wrong = expected.startsWith("line");
                assertThat(check(checker, chart, texts, most))
                        .as(() -> new String(chart, StandardCharsets.UTF_8))
                        .isEqualTo(wrong ? expected : snapshot.read() + " rows");
            }
            assertThat(texts.memory()).isLessThan(most + 2000);
        });
    }

    private static String check(ChartsCsvReader reader, byte[] chart, Strings texts, int most) throws IOException {
        try {
            return reader.checkRows(reader.open(new ByteArrayInputStream(chart)), texts, most) + " rows";
        } catch (JsonException e) {
            return e.getMessage() + " at " + e.offset();
        }
    }

    /** What says which song it is: the same id with several names, and ids that differ in one letter. */
    private static List<String> songs(Random random) {
        List<String> songs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String id = "7EO4fJJ3qNZeDGOwEz08Z" + (char) ('a' + random.nextInt(4));
            String address = random.nextInt(4) == 0 ? "https://open.spotify.com/track/" + id : "spotify:track:" + id;
            songs.add(random.nextBoolean() ? address : '"' + address + '"');
        }
        return songs;
    }

    private static String chart(List<String> songs, Random random) {
        String header = HEADERS.get(random.nextInt(HEADERS.size()));
        StringBuilder chart = new StringBuilder(header).append('\n');
        int rows = 1 + random.nextInt(8);
        for (int row = 1; row <= rows; row++) {
            List<String> fields = new ArrayList<>();
            for (String column : header.split(",", -1)) {
                fields.add(
                        switch (column) {
                            case "rank", "Position" -> String.valueOf(row);
                            case "uri", "URL" -> songs.get(random.nextInt(songs.size()));
                            case "artist_names", "Artist", "track_name", "Track Name" ->
                                TEXTS.get(random.nextInt(TEXTS.size()));
                            case "source" -> random.nextInt(3) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : "Sony";
                            default -> column.isEmpty() ? "" : String.valueOf(random.nextInt(300));
                        });
            }
            if (random.nextInt(40) == 0) {
                fields.remove(fields.size() - 1);
            }
            chart.append(String.join(",", fields)).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        String text = chart.toString();
        // Without quotation marks around what holds the other separator, the two would say different things.
        return random.nextInt(6) == 0 && !text.contains(";") && !text.contains("\"") ? text.replace(',', ';') : text;
    }

    private static String read(ChartsCsvReader reader, byte[] chart, Strings strings, Snapshot snapshot)
            throws IOException {
        snapshot.clear(strings, null);
        try {
            reader.read(new ByteArrayInputStream(chart), snapshot);
        } catch (JsonException e) {
            return e.getMessage() + " at " + e.offset();
        }
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < snapshot.size(); i++) {
            Entry entry = snapshot.entry(i);
            Item item = entry.item;
            for (int text : new int[] {item.songId, item.uri, item.url, item.name, item.artistNames, item.label}) {
                said.append(text == Strings.NULL ? "-" : strings.string(text)).append('\t');
            }
            said.append(entry.position)
                    .append('\t')
                    .append(entry.streams)
                    .append('\t')
                    .append(entry.reportedPeak)
                    .append('\n');
        }
        return said.toString();
    }
}

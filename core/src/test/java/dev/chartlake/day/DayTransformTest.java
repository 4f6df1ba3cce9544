package dev.chartlake.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day is computed from keys and bytes alone, wherever they are, and gives what a lake would hold. */
class DayTransformTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-21");

    @TempDir
    Path folder;

    private record Bytes(RawKey key, byte[] bytes) implements DayInput {
        @Override
        public String path() {
            return key.in(RawState.PROCESSED)
                    .substring(RawState.PROCESSED.prefix().length());
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private static Bytes object(String list, int hour, String text) {
        Instant at = DAY.atTime(hour, 0).toInstant(java.time.ZoneOffset.UTC);
        return new Bytes(new RawKey(RawKey.WEB_API, list, at, "json"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(int songs) {
        StringBuilder page = new StringBuilder("{\"offset\":0,\"items\":[");
        for (int i = 0; i < songs; i++) {
            String id = String.format("%022d", i);
            page.append(i == 0 ? "" : ",")
                    .append("{\"track\":{\"id\":\"" + id + "\",\"name\":\"Song " + i
                            + "\",\"type\":\"track\",\"artists\":[{\"id\":\"" + id
                            + "\",\"name\":\"Band\"}],\"album\":{\"id\":\"" + id + "\",\"name\":\"Album\"}}}");
        }
        return page.append("]}").toString();
    }

    private static Map<Table, String> written(ComputedDay day) throws IOException {
        Map<Table, String> written = new TreeMap<>();
        for (Table table : Table.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (TableFormat.Writer writer = new CsvFormat().open(table, out)) {
                day.write(table, writer);
            }
            written.put(table, out.toString(StandardCharsets.UTF_8));
        }
        return written;
    }

    @Test
    void rowsAndFindingsAreThoseOfALake() throws Exception {
        List<Bytes> objects = List.of(
                object("37i9dQZEVXbJvfa0Yxg7E7", 8, page(3)),
                object("37i9dQZEVXbMDoHDwVN2tF", 7, page(5)),
                object("37i9dQZEVXbMDoHDwVN2tF", 9, "{\"items\":"),
                object("37i9dQZEVXbMDoHDwVN2tF", 10, page(4)));
        LocalStore store = new LocalStore(folder);
        for (Bytes object : objects) {
            store.put(object.key().in(RawState.TO_PROCESS), object.bytes());
        }
        new Transformer(store, new CsvFormat(), 1, 64 << 20).run(List.of(DAY), (done, of) -> {});
        Manifest manifest =
                ManifestFile.read(store.read(Manifest.key(DAY)).orElseThrow().bytes());
        for (DayTransform.Parts parts : DayTransform.Parts.values()) {
            List<Bytes> sorted = new ArrayList<>(objects);
            sorted.sort((a, b) -> a.key().compareTo(b.key()));
            try (ComputedDay day = new DayTransform(64 << 20, parts).compute(DAY, sorted)) {
                Map<Table, String> rows = written(day);
                for (Table table : Table.values()) {
                    Manifest.TablePart part = manifest.tables().get(table.ordinal());
                    assertThat(day.isEmpty(table)).as(part.table()).isEqualTo(part.rows() == 0);
                    if (part.rows() > 0) {
                        byte[] file = store.read(part.file()).orElseThrow().bytes();
                        assertThat(rows.get(table)).isEqualTo(new String(file, StandardCharsets.UTF_8));
                    }
                }
                assertThat(day.date()).isEqualTo(DAY);
                assertThat(day.read()).isEqualTo(manifest.raw()).hasSize(3);
                assertThat(day.unreadable())
                        .singleElement()
                        .satisfies(broken -> assertThat(broken.key())
                                .isEqualTo(objects.get(2).key()));
                assertThat(day.repeated()).isEqualTo(manifest.entriesRepeated());
                assertThat(day.fields()).isEqualTo(manifest.fields());
                assertThat(day.findings()).isEqualTo(manifest.quality());
            }
        }
    }

    @Test
    void aDayThatDoesNotFitIsRefusedOrSpilledAndTheNextOneIsComputedAllTheSame() throws Exception {
        List<Bytes> large = List.of(object("37i9dQZEVXbMDoHDwVN2tF", 7, page(2_000)));
        List<Bytes> small = List.of(object("37i9dQZEVXbMDoHDwVN2tF", 7, page(1)));
        DayTransform one = new DayTransform(256 << 10, DayTransform.Parts.ONE);
        assertThatThrownBy(() -> one.compute(DAY, large)).isInstanceOf(LargeDayException.class);
        Map<Table, String> expected;
        try (ComputedDay day = one.compute(DAY, small)) {
            expected = written(day);
        }
        DayTransform many = new DayTransform(256 << 10, DayTransform.Parts.MANY);
        Map<Table, String> spilled;
        try (ComputedDay day = many.compute(DAY, large)) {
            spilled = written(day);
        }
        try (ComputedDay day = new DayTransform(256 << 20, DayTransform.Parts.ONE).compute(DAY, large)) {
            assertThat(spilled).isEqualTo(written(day));
        }
        try (ComputedDay day = many.compute(DAY, small)) {
            assertThat(written(day)).isEqualTo(expected);
        }
    }

    /** Plays of three histories in many objects: the same rows and counts, whether they fit in memory or not. */
    @Test
    void playsAreTheSameRowsWhetherTheyFitOrNot() throws Exception {
        Seeded.run(3, random -> {
            List<Bytes> objects = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                PlayHistory history = PlayHistory.values()[random.nextInt(3)];
                StringBuilder plays = new StringBuilder("[");
                for (int j = 0; j < 300; j++) {
                    plays.append(j == 0 ? "" : ",").append(play(history, random));
                }
                Instant at = DAY.atTime(random.nextInt(23), i).toInstant(java.time.ZoneOffset.UTC);
                objects.add(new Bytes(
                        new RawKey(history.source(), history.list(), at, "json"),
                        plays.append("]").toString().getBytes(StandardCharsets.UTF_8)));
            }
            objects.sort((a, b) -> a.key().compareTo(b.key()));
            Map<Table, String> expected;
            long repeated;
            try (ComputedDay day = new DayTransform(256 << 20, DayTransform.Parts.ONE).compute(DAY, objects)) {
                expected = written(day);
                repeated = day.repeated();
            }
            long rows =
                    Objects.requireNonNull(expected.get(Table.PLAYS)).lines().count() - 1;
            assertThat(rows + repeated).isEqualTo(12 * 300);
            assertThat(repeated).isPositive();
            try (ComputedDay day = new DayTransform(1 << 20, DayTransform.Parts.MANY).compute(DAY, objects)) {
                assertThat(day.isEmpty(Table.PLAYLISTS)).as("fits in memory").isFalse();
                assertThat(written(day)).isEqualTo(expected);
                assertThat(day.repeated()).isEqualTo(repeated);
            }
        });
    }

    private static String play(PlayHistory history, Random random) {
        String id = String.format("%022d", random.nextInt(20));
        String at = DAY + "T10:%02d:%02d".formatted(random.nextInt(60), random.nextInt(60));
        int ms = random.nextInt(4) * 1000;
        return switch (history) {
            case EXTENDED ->
                "{\"ts\":\"" + at + "Z\",\"ms_played\":" + ms + ",\"spotify_track_uri\":\"spotify:track:" + id
                        + "\",\"master_metadata_track_name\":\"Song " + id
                        + "\",\"master_metadata_album_artist_name\":\"Band\",\"skipped\":" + random.nextBoolean() + "}";
            case SHORT ->
                "{\"endTime\":\"" + at.substring(0, 16).replace('T', ' ') + "\",\"msPlayed\":" + ms
                        + ",\"trackName\":\"Song " + id + "\",\"artistName\":\"Band\"}";
            case RECENT ->
                "{\"played_at\":\"" + at + ".123Z\",\"track\":{\"id\":\"" + id + "\",\"name\":\"Song " + id
                        + "\",\"type\":\"track\",\"uri\":\"spotify:track:" + id
                        + "\",\"artists\":[{\"id\":\"" + id + "\",\"name\":\"Band\"}],\"album\":{\"id\":\"" + id
                        + "\",\"name\":\"Album\"}},\"context\":null}";
        };
    }
}

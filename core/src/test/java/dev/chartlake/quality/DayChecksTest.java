package dev.chartlake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contracts that no raw file can break, because of how days are made, on rows that are made otherwise. */
class DayChecksTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").getEpochSecond() * 1_000_000;
    private static final String ID = "4ChartLakeSongSongSong";
    private static final String OTHER = "4ChartLakeOtherOtherOt";

    private final Strings strings = new Strings();
    private final Map<Table, TableRows> tables = new EnumMap<>(Table.class);
    private final DayChecks checks = new DayChecks(DAY, new WellFormedTexts());

    @BeforeEach
    void noRows() {
        for (Table table : Table.values()) {
            tables.put(table, new TableRows(table, strings));
        }
    }

    private TableRows rows(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    /** A row with texts in its first columns and a time behind them. */
    private int add(Table table, long observedAt, String... texts) {
        TableRows rows = rows(table);
        int row = rows.add();
        for (int c = 0; c < texts.length; c++) {
            rows.set(row, c, strings.intern(texts[c]));
        }
        rows.set(row, table.place("observed_at"), observedAt);
        return row;
    }

    /** Writes the rows in their order, in pieces that begin at these rows, each with texts of its own numbering. */
    private void write(Table table, int... starts) throws IOException {
        TableRows rows = rows(table);
        long[] written = {0};
        TableFormat.Writer to = new TableFormat.Writer() {
            @Override
            public void write(TableRows some, int[] order) {
                written[0] += order.length;
            }

            @Override
            public void close() {}
        };
        try (TableFormat.Writer writer = checks.on(table, to)) {
            for (int i = 0; i < starts.length; i++) {
                int end = i + 1 < starts.length ? starts[i + 1] : rows.size();
                TableRows piece = new TableRows(table, new Strings());
                piece.strings().intern("so that numbers differ " + i);
                IntStream.range(starts[i], end).forEach(row -> copy(rows, row, piece));
                writer.write(piece, IntStream.range(0, piece.size()).toArray());
            }
        }
        assertThat(written[0]).isEqualTo(rows.size());
    }

    private static void copy(TableRows from, int row, TableRows to) {
        int copy = to.add();
        for (int c = 0; c < from.table().columns().size(); c++) {
            switch (from.table().columns().get(c).type()) {
                case TEXT -> {
                    int text = from.integer(row, c);
                    to.set(
                            copy,
                            c,
                            text == Strings.NULL
                                    ? text
                                    : to.strings().intern(from.strings().string(text)));
                }
                case BIGINT, TIMESTAMP -> to.set(copy, c, from.bigint(row, c));
                default -> to.set(copy, c, from.integer(row, c));
            }
        }
    }

    private static Finding finding(Contract contract, String list, long count, String example) {
        return new Finding(contract.text(), contract.severity(), list, count, example);
    }

    @Test
    void aKeyThatIsThereTwiceIsFoundAlsoAcrossPieces() throws IOException {
        for (String id : List.of(ID, ID, OTHER, OTHER, OTHER)) {
            add(Table.SONGS, NOON, id);
        }
        write(Table.SONGS, 0, 3, 4);
        assertThat(checks.findings())
                .containsExactly(finding(Contract.KEYS_UNIQUE, "", 3, "songs " + ID + " is there twice"));
    }

    @Test
    void keysOfSeveralColumnsDifferInAnyOfThem() throws IOException {
        for (int order : new int[] {1, 2, 2}) {
            int row = add(Table.SONG_ARTISTS, NOON, ID);
            rows(Table.SONG_ARTISTS).set(row, 1, order);
        }
        write(Table.SONG_ARTISTS, 0, 2);
        assertThat(checks.findings())
                .containsExactly(finding(Contract.KEYS_UNIQUE, "", 1, "song_artists " + ID + ", 2 is there twice"));
    }

    @Test
    void aTimeOfAnotherDayIsFound() throws IOException {
        long midnight = NOON - 43_200_000_000L;
        for (long at : new long[] {midnight - 1, midnight, NOON, midnight + 86_400_000_000L}) {
            add(Table.PLAYLISTS, at, "spotify-charts", "c");
        }
        write(Table.PLAYLISTS, 0);
        assertThat(checks.findings())
                .containsExactly(finding(
                        Contract.OBSERVED_ON_DAY,
                        "spotify-charts/c",
                        2,
                        "playlists spotify-charts, c, 2026-11-19T23:59:59.999999Z: observed_at is"
                                + " 2026-11-19T23:59:59.999999Z"));
    }

    @Test
    void aReferenceToNothingIsFound() {
        int song = add(Table.SONGS, NOON, ID);
        rows(Table.SONGS).set(song, Table.SONGS.place("album_id"), strings.intern(OTHER));
        rows(Table.SONGS).set(song, Table.SONGS.place("artist_id"), strings.intern(OTHER));
        add(Table.ARTISTS, NOON, OTHER);
        checks.references(tables);
        assertThat(checks.findings())
                .containsExactly(finding(
                        Contract.REFERENCES_WHOLE, "", 1, "songs names album_id " + OTHER + ", which has no row"));
    }

    @Test
    void everyReferenceOfATableIsLookedAt() {
        List<String> references = List.of(
                "playlist_entries song_id",
                "songs album_id",
                "songs artist_id",
                "song_artists song_id",
                "song_artists artist_id",
                "album_artists album_id",
                "album_artists artist_id");
        for (String reference : references) {
            noRows();
            DayChecks one = new DayChecks(DAY, new WellFormedTexts());
            String[] words = reference.split(" ");
            Table table = List.of(Table.values()).stream()
                    .filter(t -> t.sqlName().equals(words[0]))
                    .findFirst()
                    .orElseThrow();
            int row = rows(table).add();
            rows(table).set(row, table.place(words[1]), strings.intern(OTHER));
            one.references(tables);
            assertThat(one.findings()).as(reference).hasSize(1);
            assertThat(one.findings().get(0).example()).contains(words[1]);
        }
    }

    @Test
    void entriesOfNoSnapshotAreFoundOnce() throws IOException {
        for (int position = 1; position < 4; position++) {
            int row = add(Table.PLAYLIST_ENTRIES, NOON, "spotify-charts", "c");
            rows(Table.PLAYLIST_ENTRIES).set(row, 3, position);
        }
        write(Table.PLAYLIST_ENTRIES, 0, 1);
        assertThat(checks.findings())
                .containsExactly(finding(
                        Contract.REFERENCES_WHOLE,
                        "spotify-charts/c",
                        1,
                        "at 2026-11-20T12:00:00Z: entries of no snapshot in playlists"));
    }
}

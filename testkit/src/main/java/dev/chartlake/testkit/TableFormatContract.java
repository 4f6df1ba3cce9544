package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.format.TableFormat;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link TableFormat} promises. */
public abstract class TableFormatContract {

    private static final long SECOND = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    /** The format, always the same one. */
    protected abstract TableFormat format();

    /**
     * The rows of a file, each with a value for every column of the table, as {@link DayTableRows} has them. A format that
     * the product cannot read yet reads them in another way.
     */
    protected List<List<@Nullable Object>> read(Table table, byte[] file) throws IOException {
        LocalStore store = new LocalStore(folder);
        String key = "file." + format().extension();
        store.put(key, file);
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (DayTableRows rows = new FileDayTables(store).open(table, key)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    private byte[] written(TableRows rows, int[]... pieces) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableFormat.Writer writer = format().open(rows.table(), out)) {
            for (int[] piece : pieces) {
                writer.write(rows, piece);
            }
        }
        return out.toByteArray();
    }

    private static int[] shuffled(int size, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<List<@Nullable Object>> values(TableRows rows, int[] order) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int row : order) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < rows.table().columns().size(); c++) {
                values.add(value(rows, c, row));
            }
            all.add(values);
        }
        return all;
    }

    private static @Nullable Object value(TableRows rows, int c, int row) {
        Object value = RandomRows.value(rows, c, row);
        if (value == null) {
            return null;
        }
        return switch (rows.table().columns().get(c).type()) {
            case TEXT, BIGINT, BOOLEAN -> value;
            case INTEGER -> Math.toIntExact((Long) value);
            case DATE -> LocalDate.ofEpochDay((Long) value);
            case TIMESTAMP -> LocalDateTime.ofEpochSecond((Long) value / SECOND, 0, ZoneOffset.UTC);
        };
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void rowsAreReadBackInTheOrderTheyWereWritten(Table table) throws Exception {
        Seeded.run(4, random -> {
            TableRows rows = RandomRows.plain(random).of(table, 1 + random.nextInt(500));
            int[] order = Arrays.copyOf(shuffled(rows.size(), random), 1 + random.nextInt(rows.size()));
            assertThat(read(table, written(rows, order))).isEqualTo(values(rows, order));
        });
    }

    @Test
    void aTableWithoutRowsIsAFileWithoutRows() throws Exception {
        for (Table table : Table.values()) {
            TableRows none = new TableRows(table, new Strings());
            assertThat(read(table, written(none))).as(table.sqlName()).isEmpty();
            assertThat(written(none, new int[0])).as(table.sqlName()).isEqualTo(written(none));
        }
    }

    @Test
    void bytesDoNotDependOnPiecesOfWholeGroups() throws Exception {
        Seeded.run(random -> {
            TableRows rows = RandomRows.plain(random).of(Table.ARTISTS, TableFormat.GROUP_ROWS + 1_000);
            int[] all = shuffled(rows.size(), random);
            int[] first = Arrays.copyOf(all, TableFormat.GROUP_ROWS);
            int[] rest = Arrays.copyOfRange(all, TableFormat.GROUP_ROWS, all.length);
            assertThat(written(rows, first, rest)).isEqualTo(written(rows, all));
        });
    }

    /** Which numbers texts have depends on the days before. */
    @Test
    void bytesDoNotDependOnTheNumbersOfTexts() throws Exception {
        Seeded.run(random -> {
            TableRows rows = RandomRows.plain(random).of(Table.PLAYLIST_ENTRIES, 300);
            Strings others = new Strings();
            for (int i = 0; i < 100; i++) {
                others.intern(Integer.toString(random.nextInt(1_000_000), 36));
            }
            TableRows same = new TableRows(rows.table(), others);
            for (int row = 0; row < rows.size(); row++) {
                same.add();
                for (int c = 0; c < rows.table().columns().size(); c++) {
                    copy(rows, same, c, row);
                }
            }
            int[] order = shuffled(rows.size(), random);
            assertThat(written(same, order)).isEqualTo(written(rows, order));
        });
    }

    private static void copy(TableRows from, TableRows to, int c, int row) {
        switch (from.table().columns().get(c).type()) {
            case BIGINT, TIMESTAMP -> to.set(row, c, from.bigint(row, c));
            case TEXT -> {
                int text = from.integer(row, c);
                to.set(
                        row,
                        c,
                        text == Strings.NULL
                                ? Strings.NULL
                                : to.strings().intern(from.strings().string(text)));
            }
            case INTEGER, BOOLEAN, DATE -> to.set(row, c, from.integer(row, c));
        }
    }

    @Test
    void manyThreadsUseOneFormat() throws Exception {
        Seeded.run(random -> {
            long seed = random.nextLong();
            Table[] tables = Table.values();
            List<byte[]> alone = new ArrayList<>();
            for (Table table : tables) {
                alone.add(random(table, seed));
            }
            ExecutorService threads = Executors.newFixedThreadPool(tables.length);
            try {
                List<Future<byte[]>> together = new ArrayList<>();
                for (int i = 0; i < 3 * tables.length; i++) {
                    Table table = tables[i % tables.length];
                    together.add(threads.submit(() -> random(table, seed)));
                }
                for (int i = 0; i < together.size(); i++) {
                    assertThat(together.get(i).get(Hang.SECONDS, TimeUnit.SECONDS))
                            .isEqualTo(alone.get(i % tables.length));
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    private byte[] random(Table table, long seed) throws IOException {
        Random random = new Random(seed);
        TableRows rows = RandomRows.plain(random).of(table, 1_000);
        return written(rows, shuffled(rows.size(), random));
    }

    /** The caller sums up what was written, and closes. */
    @Test
    void theStreamIsLeftOpen() throws IOException {
        boolean[] closed = new boolean[1];
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        format().open(Table.SONGS, out).close();
        assertThat(closed[0]).isFalse();
    }

    @Test
    void aStreamThatFailsFailsTheFile() throws Exception {
        Seeded.run(random -> {
            TableRows rows = RandomRows.plain(random).of(Table.SONGS, 2_000);
            int[] order = shuffled(rows.size(), random);
            int room = random.nextInt(written(rows, order).length);
            OutputStream full = new OutputStream() {
                private int left = room;

                @Override
                public void write(int b) throws IOException {
                    if (left-- <= 0) {
                        throw new IOException("No space left");
                    }
                }
            };
            assertThatThrownBy(() -> {
                        TableFormat.Writer writer = format().open(Table.SONGS, full);
                        writer.write(rows, order);
                        writer.close();
                    })
                    .hasStackTraceContaining("No space left");
        });
    }

    @Test
    void filesHaveAnExtension() {
        assertThat(format().extension()).matches("[a-z]+");
    }
}

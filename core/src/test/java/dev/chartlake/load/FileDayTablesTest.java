package dev.chartlake.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written is read, in both formats. */
class FileDayTablesTest {

    private static final List<TableFormat> FORMATS = List.of(new ParquetFormat(), new CsvFormat());
    private static final String[] TEXTS = {"", "a", "a,b", "\"quoted\"", "Måneskinn", "中文", "🎵", " blank ", "null"};

    @TempDir
    Path folder;

    private LocalStore store() {
        return new LocalStore(folder);
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void everyValueIsRead(Table table) {
        Seeded.run(20, random -> {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            int size = random.nextInt(300);
            int different = 1 + random.nextInt(300);
            double nulls = random.nextInt(4) == 0 ? 0 : random.nextDouble();
            for (int i = 0; i < size; i++) {
                rows.add(row(table, random, different, nulls));
            }
            for (TableFormat format : FORMATS) {
                assertThat(read(table, write(table, format, rows)))
                        .as(format.extension())
                        .isEqualTo(rows);
            }
        });
    }

    @Test
    void aFileOfSeveralGroupsIsRead() throws IOException {
        Random random = new Random(1);
        List<List<@Nullable Object>> rows = IntStream.range(0, TableFormat.GROUP_ROWS + 10)
                .mapToObj(i -> row(Table.SONG_ARTISTS, random, 50, 0.1))
                .toList();
        assertThat(read(Table.SONG_ARTISTS, write(Table.SONG_ARTISTS, new ParquetFormat(), rows)))
                .isEqualTo(rows);
    }

    @Test
    void aFileThatIsTooLongForMemoryIsReadRowGroupByRowGroup() throws IOException {
        List<List<@Nullable Object>> rows = IntStream.range(0, 400_000)
                .mapToObj(i -> List.<@Nullable Object>of(
                        "song " + Integer.toString(i * 31, 36).repeat(4),
                        i,
                        "artist " + i,
                        LocalDateTime.MIN.withYear(2024)))
                .toList();
        String file = write(Table.SONG_ARTISTS, new ParquetFormat(), rows);
        assertThat(Files.size(folder.resolve(file))).isGreaterThan(1 << 24);
        try (FileDayTables tables = new FileDayTables(store());
                DayTableRows read = tables.open(Table.SONG_ARTISTS, file)) {
            Files.delete(folder.resolve(file)); // it is somewhere else by now
            for (List<@Nullable Object> row : rows) {
                if (!row.equals(read.next())) {
                    throw new AssertionError("Another row than " + row);
                }
            }
            assertThat(read.next()).isNull();
        }
    }

    @Test
    void aColumnThatTheFileLacksIsNull() throws IOException {
        List<@Nullable Object> row = row(Table.ALBUM_ARTISTS, new Random(2), 9, 0);
        for (TableFormat format : FORMATS) {
            String file = write(Table.ALBUM_ARTISTS, format, List.of(row));
            List<@Nullable Object> album = read(Table.ALBUMS, file).get(0);
            for (Column column : Table.ALBUMS.columns()) {
                int there = Table.ALBUM_ARTISTS.columns().stream()
                        .map(Column::name)
                        .toList()
                        .indexOf(column.name());
                assertThat(album.get(Table.ALBUMS.columns().indexOf(column)))
                        .as("%s of %s", column.name(), file)
                        .isEqualTo(there < 0 ? null : row.get(there));
            }
        }
    }

    @Test
    void whatIsNotSuchAFileIsExplained() throws IOException {
        byte[] whole = store().read(
                        write(Table.SONGS, new ParquetFormat(), List.of(row(Table.SONGS, new Random(1), 9, 0))))
                .orElseThrow()
                .bytes();
        for (byte[] bytes :
                List.of(new byte[0], "PAR1PAR1".getBytes(), Arrays.copyOf(whole, whole.length - 1), ends(whole))) {
            store().put("broken.parquet", bytes);
            assertThatThrownBy(() -> read(Table.SONGS, "broken.parquet"))
                    .isInstanceOf(DayException.class)
                    .hasMessageStartingWith("broken.parquet cannot be read: ");
        }
        store().put("a.csv", "song_id,observed_at\na,yesterday\n".getBytes());
        assertThatThrownBy(() -> read(Table.SONGS, "a.csv"))
                .isInstanceOf(DayException.class)
                .hasMessageContaining("yesterday");
        store().put("a.orc", new byte[0]);
        assertThatThrownBy(() -> read(Table.SONGS, "a.orc")).hasMessage("a.orc is neither Parquet nor CSV.");
        assertThatThrownBy(() -> read(Table.SONGS, "none.csv")).isInstanceOf(MissingObjectException.class);
    }

    /** The same ends with other pages between them. */
    private static byte[] ends(byte[] whole) {
        byte[] broken = whole.clone();
        Arrays.fill(broken, 4, 60, (byte) 0xff);
        return broken;
    }

    private List<List<@Nullable Object>> read(Table table, String file) throws IOException {
        List<List<@Nullable Object>> read = new ArrayList<>();
        try (FileDayTables tables = new FileDayTables(store());
                DayTableRows rows = tables.open(table, file)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                read.add(row);
            }
        }
        return read;
    }

    private String write(Table table, TableFormat format, List<List<@Nullable Object>> values) throws IOException {
        Strings strings = new Strings();
        TableRows rows = new TableRows(table, strings);
        for (List<@Nullable Object> row : values) {
            int at = rows.add();
            for (int c = 0; c < row.size(); c++) {
                set(rows, strings, at, c, row.get(c));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableFormat.Writer writer = format.open(table, out)) {
            writer.write(rows, IntStream.range(0, values.size()).toArray());
        }
        String key = "part-0." + format.extension();
        store().put(key, out.toByteArray());
        return key;
    }

    private static void set(TableRows rows, Strings strings, int row, int column, @Nullable Object value) {
        if (value instanceof String text) {
            rows.set(row, column, strings.intern(text));
        } else if (value instanceof Integer number) {
            rows.set(row, column, number.intValue());
        } else if (value instanceof Long number) {
            rows.set(row, column, number.longValue());
        } else if (value instanceof Boolean truth) {
            rows.set(row, column, truth ? 1 : 0);
        } else if (value instanceof LocalDate date) {
            rows.set(row, column, (int) date.toEpochDay());
        } else if (value instanceof LocalDateTime time) {
            rows.set(row, column, time.toEpochSecond(ZoneOffset.UTC) * 1_000_000);
        }
    }

    private static List<@Nullable Object> row(Table table, Random random, int different, double nulls) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean absent = !column.required() && random.nextDouble() < nulls;
            row.add(absent ? null : value(column, random, random.nextInt(different)));
        }
        return row;
    }

    private static Object value(Column column, Random random, int number) {
        return switch (column.type()) {
            case TEXT -> TEXTS[number % TEXTS.length] + (number < TEXTS.length ? "" : number);
            case INTEGER -> number - 5;
            case BIGINT -> (number - 5) * 10_000_000_000L;
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.of(1960, 1, 1).plusDays(number * 100L);
            case TIMESTAMP -> LocalDateTime.of(1969, 12, 31, 23, 59, 58).plusSeconds(number * 100_000L);
        };
    }
}

package dev.chartlake.format.parquet;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file that {@link ParquetFormat} wrote, a row group in memory at a time. It reads what that writer
 * writes and no other Parquet: plain or dictionary values without compression, one data page a column and row group.
 *
 * <p>Every method throws {@link IllegalArgumentException} with the reason where the file is something else.
 */
public final class ParquetReader implements Iterator<List<@Nullable Object>> {
    private static final int RLE_DICTIONARY = 8;
    private static final int MICROS = 1_000_000;
    private static final int NANOS_A_MICRO = 1000;

    private final Table table;
    private final ByteBuffer file;
    private final Iterator<?> groups;
    private List<List<@Nullable Object>> columns = List.of();
    private int row;
    private int rows;

    /** Reads {@code file} as one of {@code table}. A column that the file lacks is null. */
    public ParquetReader(Table table, ByteBuffer file) {
        this.table = table;
        this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.groups = list(footer().getOrDefault(4, List.of())).iterator();
    }

    private Map<Integer, Object> footer() {
        int end = file.limit() - 8;
        if (end < 4 || file.getInt(0) != file.getInt(end + 4) || file.get(0) != 'P') {
            throw new IllegalArgumentException("it is not a Parquet file");
        }
        int length = file.getInt(end);
        if (length <= 0 || length > end - 4) {
            throw new IllegalArgumentException("its footer is said to have " + length + " bytes");
        }
        try {
            return new ThriftReader(at(end - length)).struct();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("its footer is cut", e);
        }
    }

    @Override
    public boolean hasNext() {
        while (row == rows && groups.hasNext()) {
            try {
                read(struct(groups.next()));
            } catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException e) {
                throw new IllegalArgumentException("a page is cut", e);
            }
        }
        return row < rows;
    }

    /** The next row, its values in the order of the table's columns. */
    @Override
    public List<@Nullable Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (List<@Nullable Object> column : columns) {
            values.add(column.get(row));
        }
        row++;
        return values;
    }

    private void read(Map<Integer, Object> group) {
        row = 0;
        rows = Math.toIntExact(number(group, 3));
        Map<String, Map<Integer, Object>> chunks = new HashMap<>();
        for (Object chunk : list(group.get(1))) {
            Map<Integer, Object> meta = struct(struct(chunk).get(3));
            chunks.put(ThriftReader.text(list(meta.get(3)).get(0)), meta);
        }
        columns = new ArrayList<>();
        for (Column column : table.columns()) {
            Map<Integer, Object> meta = chunks.get(column.name());
            columns.add(meta == null ? Arrays.asList(new Object[rows]) : column(column, meta));
        }
    }

    private List<@Nullable Object> column(Column column, Map<Integer, Object> meta) {
        if (number(meta, 4) != 0) {
            throw new IllegalArgumentException("column " + column.name() + " is compressed");
        }
        List<Object> dictionary = List.of();
        if (meta.containsKey(11)) {
            ByteBuffer page = at(Math.toIntExact(number(meta, 11)));
            Map<Integer, Object> header =
                    struct(struct(new ThriftReader(page).struct()).get(7));
            dictionary = plain(column.type(), page, Math.toIntExact(number(header, 1)));
        }
        ByteBuffer page = at(Math.toIntExact(number(meta, 9)));
        Map<Integer, Object> header = struct(new ThriftReader(page).struct().get(5));
        if (number(header, 1) != rows) {
            throw new IllegalArgumentException("column " + column.name() + " has several pages");
        }
        int[] present = column.required() ? null : levels(page);
        int filled = present == null ? rows : Arrays.stream(present).sum();
        boolean numbered = number(header, 2) == RLE_DICTIONARY;
        List<Object> values =
                numbered ? of(dictionary, numbers(page, filled, page.get())) : plain(column.type(), page, filled);
        return present == null ? new ArrayList<>(values) : spread(values, present);
    }

    private int[] levels(ByteBuffer page) {
        int length = page.getInt();
        int end = page.position() + length;
        int[] present = numbers(page, rows, 1);
        page.position(end);
        return present;
    }

    private static List<@Nullable Object> spread(List<Object> values, int[] present) {
        List<@Nullable Object> spread = new ArrayList<>(present.length);
        Iterator<Object> next = values.iterator();
        for (int level : present) {
            spread.add(level == 0 ? null : next.next());
        }
        return spread;
    }

    private static List<Object> of(List<Object> dictionary, int[] numbers) {
        List<Object> values = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            values.add(dictionary.get(number));
        }
        return values;
    }

    /** Runs and packed groups of numbers of {@code width} bits. */
    private static int[] numbers(ByteBuffer page, int count, int width) {
        int[] numbers = new int[count];
        int at = 0;
        while (at < count) {
            long header = ThriftReader.varint(page);
            if ((header & 1) == 0) {
                int value = 0;
                for (int shift = 0; shift < width; shift += 8) {
                    value |= (page.get() & 0xff) << shift;
                }
                int to = Math.toIntExact(Math.min(count, at + (header >>> 1)));
                Arrays.fill(numbers, at, to, value);
                at = to;
            } else {
                at = unpack(page, Math.toIntExact(header >>> 1) * 8, width, numbers, at);
            }
        }
        return numbers;
    }

    /** The last group is filled up with numbers that count for nothing. */
    private static int unpack(ByteBuffer page, int packed, int width, int[] numbers, int from) {
        int at = from;
        long bits = 0;
        int held = 0;
        for (int i = 0; i < packed; i++) {
            while (held < width) {
                bits |= (page.get() & 0xffL) << held;
                held += 8;
            }
            if (at < numbers.length) {
                numbers[at++] = (int) (bits & (1L << width) - 1);
            }
            bits >>>= width;
            held -= width;
        }
        return at;
    }

    private static List<Object> plain(ColumnType type, ByteBuffer page, int count) {
        List<Object> values = new ArrayList<>(count);
        int bits = 0;
        for (int i = 0; i < count; i++) {
            switch (type) {
                case TEXT -> values.add(text(page));
                case INTEGER -> values.add(page.getInt());
                case BIGINT -> values.add(page.getLong());
                case DATE -> values.add(LocalDate.ofEpochDay(page.getInt()));
                case TIMESTAMP -> values.add(time(page.getLong()));
                case BOOLEAN -> {
                    bits = i % 8 == 0 ? page.get() : bits >> 1;
                    values.add((bits & 1) == 1);
                }
            }
        }
        return values;
    }

    private static String text(ByteBuffer page) {
        byte[] text = new byte[Math.min(page.getInt(), page.remaining() + 1)];
        page.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS_A_MICRO, ZoneOffset.UTC);
    }

    private ByteBuffer at(int position) {
        return file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(position);
    }

    private static long number(Map<Integer, Object> fields, int id) {
        return (long) Objects.requireNonNullElse(fields.get(id), 0L);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNullElse(value, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<Integer, Object> struct(@Nullable Object value) {
        return (Map<Integer, Object>) Objects.requireNonNullElse(value, Map.of());
    }
}

package dev.chartlake.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.chartlake.format.parquet.ParquetReader;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of a lake anywhere, without a database: the files that {@code transform} writes and no others. A
 * Parquet file of up to 16 MB is held in memory, a longer one in a temporary file; of its rows those of one row group, of a
 * CSV file some lines.
 */
public final class FileDayTables implements DayTables {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** What stands for null between FastCSV and us. It is in no file, because {@code CsvFormat} replaces it. */
    private static final String NULL = "\u0001";

    private static final int IN_MEMORY = 1 << 24;

    private final ObjectStore store;

    /** Reads files of {@code store}. */
    public FileDayTables(ObjectStore store) {
        this.store = store;
    }

    @Override
    public DayTableRows open(Table table, String file) throws IOException {
        try {
            if (file.endsWith(".parquet")) {
                return new FileRows(file, new ParquetReader(table, content(file)), () -> {});
            }
            if (file.endsWith(".csv")) {
                Reader text = new InputStreamReader(store.open(file), StandardCharsets.UTF_8);
                return new FileRows(file, csv(table, text), text);
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(file, e);
        }
        throw new DayException(file + " is neither Parquet nor CSV.");
    }

    @Override
    public void close() {}

    /** A file that is too long for the heap is put aside, where the system keeps it: its name is gone at once. */
    private ByteBuffer content(String file) throws IOException {
        try (InputStream in = store.open(file)) {
            byte[] first = in.readNBytes(IN_MEMORY);
            if (first.length < IN_MEMORY) {
                return ByteBuffer.wrap(first);
            }
            Path aside = Files.createTempFile("chartlake-load-", ".parquet");
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                OutputStream out = Channels.newOutputStream(channel);
                out.write(first);
                in.transferTo(out);
                if (channel.size() > Integer.MAX_VALUE) {
                    throw new DayException(file + " has " + channel.size() + " bytes; a load reads 2 GB at most.");
                }
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        }
    }

    private static DayException unreadable(String file, Exception e) {
        return new DayException(file + " cannot be read: " + e.getMessage() + ".", e);
    }

    private static Iterator<List<@Nullable Object>> csv(Table table, Reader text) {
        Iterator<CsvRecord> records = CsvReader.builder()
                .build(CsvRecordHandler.of(handler -> handler.fieldModifier(new UnquotedIsNull())), text)
                .iterator();
        List<String> header = records.next().getFields();
        int[] places = table.columns().stream()
                .mapToInt(column -> header.indexOf(column.name()))
                .toArray();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public List<@Nullable Object> next() {
                CsvRecord csv = records.next();
                List<@Nullable Object> values = new ArrayList<>(places.length);
                for (int i = 0; i < places.length; i++) {
                    Column column = table.columns().get(i);
                    values.add(places[i] < 0 ? null : value(column, csv.getField(places[i])));
                }
                return values;
            }
        };
    }

    private static @Nullable Object value(Column column, String field) {
        if (field.equals(NULL)) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> field;
            case INTEGER -> Integer.valueOf(field);
            case BIGINT -> Long.valueOf(field);
            case BOOLEAN -> Boolean.valueOf(field);
            case DATE -> LocalDate.parse(field);
            case TIMESTAMP -> LocalDateTime.parse(field, TIMESTAMP);
        };
    }

    /** An empty field without quotes is null, the empty text has quotes. */
    private static final class UnquotedIsNull implements FieldModifier {
        @Override
        public String modify(long startingLineNumber, int fieldIdx, boolean quoted, String field) {
            return field.isEmpty() && !quoted ? NULL : field;
        }
    }

    private record FileRows(String file, Iterator<List<@Nullable Object>> rows, Closeable source)
            implements DayTableRows {
        @Override
        public @Nullable List<@Nullable Object> next() throws DayException {
            try {
                return rows.hasNext() ? rows.next() : null;
            } catch (RuntimeException e) {
                if (e instanceof UncheckedIOException
                        || e instanceof IllegalArgumentException
                        || e instanceof java.time.DateTimeException
                        || e instanceof de.siegmar.fastcsv.reader.CsvParseException) {
                    throw unreadable(file, e);
                }
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}

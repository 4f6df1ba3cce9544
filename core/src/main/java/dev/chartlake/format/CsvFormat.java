package dev.chartlake.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180: UTF-8, a header, lines ended by LF. Null is an empty field and the empty text is {@code ""};
 * timestamps are {@code 2021-03-25 12:00:00}, UTC. A row is one line, because Athena, like Hadoop, splits files at line ends,
 * quoted or not: a line break in a text is written as a blank.
 */
public final class CsvFormat implements TableFormat {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final String NOT_IN_A_LINE = "\r\n\u0001";
    private static final Pattern BREAK = Pattern.compile("\r\n|[" + NOT_IN_A_LINE + "]");

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public Writer open(Table table, OutputStream out) {
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(new EmptyText())
                .build(out, StandardCharsets.UTF_8);
        csv.writeRecord(table.columns().stream().map(Column::name).toList());
        return new File(csv);
    }

    /** Quotes the empty text, so that it differs from null. */
    private static final class EmptyText implements QuoteStrategy {
        @Override
        public boolean quoteNull(int line, int field) {
            return false;
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
            return true;
        }

        @Override
        public boolean quoteValue(int line, int field, String value) {
            return false;
        }
    }

    private record File(CsvWriter csv) implements Writer {

        @Override
        public void write(TableRows rows, int[] order) {
            List<Column> columns = rows.table().columns();
            String[] fields = new String[columns.size()];
            for (int row : order) {
                for (int c = 0; c < fields.length; c++) {
                    fields[c] = field(rows, columns.get(c), c, row);
                }
                csv.writeRecord(fields);
            }
        }

        private static @Nullable String field(TableRows rows, Column column, int index, int row) {
            if (TableRows.isLong(column.type())) {
                long value = rows.bigint(row, index);
                if (value == TableRows.NO_LONG) {
                    return null;
                }
                return switch (column.type()) {
                    case TIMESTAMP ->
                        TIMESTAMP.format(
                                LocalDateTime.ofEpochSecond(Math.floorDiv(value, 1_000_000L), 0, ZoneOffset.UTC));
                    default -> Long.toString(value);
                };
            }
            int value = rows.integer(row, index);
            return switch (column.type()) {
                case TEXT ->
                    value == Strings.NULL ? null : oneLine(rows.strings().string(value));
                case BOOLEAN -> value == TableRows.NO_INT ? null : value == 1 ? "true" : "false";
                case DATE ->
                    value == TableRows.NO_INT
                            ? null
                            : LocalDate.ofEpochDay(value).toString();
                default -> value == TableRows.NO_INT ? null : Integer.toString(value);
            };
        }

        /** Without what ends a line, and without the one character that Athena is told to take for an escape. */
        private static String oneLine(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (NOT_IN_A_LINE.indexOf(text.charAt(i)) >= 0) {
                    return BREAK.matcher(text).replaceAll(" ");
                }
            }
            return text;
        }

        @Override
        public void close() throws IOException {
            csv.flush();
        }
    }
}

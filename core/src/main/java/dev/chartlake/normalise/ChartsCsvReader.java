package dev.chartlake.normalise;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.Utf8;
import dev.chartlake.table.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CSV files of charts.spotify.com (daily, weekly, viral) and of the older spotifycharts.com, with or without its
 * note row. Used by one thread.
 */
final class ChartsCsvReader {

    private static final String SONG_URI = "spotify:track:";
    private static final String SONG_LINK = "https://open.spotify.com/track/";

    /** No chart is larger: the longest ones have 200 rows. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_COLUMNS = 100;

    /** The beginning of a chart that somebody has saved anew. */
    private static final Pattern SEPARATED_OTHERWISE =
            Pattern.compile("^\ufeff?(?:rank|position)([;\t])", Pattern.CASE_INSENSITIVE);

    private byte[] bytes = {};
    private final Set<String> columns = new TreeSet<>();

    /** The columns of the file read last, up to a hundred. */
    Set<String> columns() {
        return columns;
    }

    /** How often the chart read last appears, or null if its columns do not say. */
    Part.@Nullable Period period() {
        if (columns.contains("chart.weeks_on_chart")) {
            return Part.Period.WEEKLY;
        }
        return columns.contains("chart.days_on_chart") ? Part.Period.DAILY : null;
    }

    /** Reads a file into a cleared snapshot. The offset in an error is that of the line's first byte. */
    void read(InputStream file, Snapshot into) throws IOException {
        String text = decode(file);
        long line = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            Header header = null;
            for (CsvRecord row : records) {
                line = row.getStartingLineNumber();
                if (header == null) {
                    header = header(row);
                    note(header);
                } else {
                    entry(row, header, into);
                }
            }
            if (header == null || into.read() == 0) {
                throw new Wrong("no chart rows in it");
            }
        } catch (CsvParseException e) {
            throw new JsonException("not CSV behind line " + line + ": " + e.getMessage(), offset(line + 1));
        } catch (Wrong e) {
            throw new JsonException(e.getMessage(), offset(line));
        }
        into.total = (int) into.read();
        into.finish();
    }

    private void note(@Nullable Header header) {
        columns.clear();
        if (header != null) {
            String prefix = header.has("rank") ? "chart." : "old_chart.";
            header.columns().keySet().stream().sorted().limit(MAX_COLUMNS).forEach(name -> columns.add(prefix + name));
        }
    }

    private String decode(InputStream file) throws IOException {
        bytes = file.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new JsonException("not a chart: more than " + (MAX_BYTES >> 20) + " MB", MAX_BYTES);
        }
        int bad = Utf8.firstInvalid(bytes, 0, bytes.length);
        if (bad >= 0) {
            throw new JsonException("not UTF-8: byte 0x" + Integer.toHexString(bytes[bad] & 0xff), bad);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String start = text.stripLeading();
        if (start.startsWith("<")) {
            throw new JsonException("an HTML page, not CSV", 0);
        }
        if (start.isEmpty()) {
            throw new JsonException("empty: no chart in it", 0);
        }
        return text;
    }

    /** The offset of the first byte of a line, counted from 1. */
    private long offset(long line) {
        int at = 0;
        for (long n = 1; n < line; n++) {
            while (at < bytes.length && bytes[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, bytes.length);
        }
        return at;
    }

    /** Something is wrong in the row that is being read. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    private record Header(Map<String, Integer> columns) {
        @Nullable String value(CsvRecord row, String column) {
            Integer index = columns.get(column);
            return index == null || index >= row.getFieldCount() ? null : row.getField(index);
        }

        boolean has(String... names) {
            return List.of(names).stream().allMatch(columns::containsKey);
        }
    }

    /** The header, or null for the note that old files have above it. */
    private static @Nullable Header header(CsvRecord row) throws Wrong {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < row.getFieldCount(); i++) {
            String name = row.getField(i).strip().toLowerCase(Locale.ROOT);
            columns.put(i == 0 && name.startsWith("\ufeff") ? name.substring(1) : name, i);
        }
        Header header = new Header(columns);
        if (header.has("rank", "uri", "artist_names", "track_name")
                || header.has("position", "track name", "artist", "url")) {
            return header;
        }
        boolean note = row.getStartingLineNumber() <= 1
                && row.getField(0).replace("\ufeff", "").isEmpty();
        if (note) {
            return null;
        }
        throw new Wrong(noHeader(header, row));
    }

    private static String noHeader(Header header, CsvRecord row) {
        for (String other : List.of("artist", "album")) {
            if (header.has("rank", "uri", other + "_name")) {
                return "a chart of " + other + "s, and only charts of songs can be read";
            }
        }
        Matcher separator = SEPARATED_OTHERWISE.matcher(row.getField(0));
        if (separator.find()) {
            return "fields separated by " + (separator.group(1).equals(";") ? "semicolons" : "tabs")
                    + " instead of commas, as spreadsheets save them";
        }
        return "not a chart: line " + row.getStartingLineNumber()
                + " is neither the header of charts.spotify.com nor that of spotifycharts.com";
    }

    private static void entry(CsvRecord row, Header header, Snapshot into) throws Wrong, IOException {
        Strings strings = into.strings();
        Entry entry = into.next();
        Item item = new Item();
        if (row.getFieldCount() != header.columns().size()) {
            throw wrong(row, "fields", header.columns().size() + " are expected, found " + row.getFieldCount());
        }
        boolean current = header.has("rank");
        Long position = number(row, header, current ? "rank" : "position");
        if (position == null || position < 1 || position > 100_000) {
            throw wrong(row, current ? "rank" : "Position", "a position from 1 is expected");
        }
        String id = songId(row, header.value(row, current ? "uri" : "url"));
        if (id != null) {
            item.kind = Kind.TRACK;
            item.songId = strings.intern(id);
            item.uri = strings.intern(SONG_URI + id);
            item.url = strings.intern(SONG_LINK + id);
        }
        item.name = text(strings, header.value(row, current ? "track_name" : "track name"));
        item.artistNames = text(strings, header.value(row, current ? "artist_names" : "artist"));
        entry.streams = orNone(number(row, header, "streams"));
        entry.reportedPeak = rank(number(row, header, "peak_rank"));
        entry.reportedPrevious = rank(number(row, header, "previous_rank"));
        Long weeks = number(row, header, "weeks_on_chart");
        entry.reportedPeriods = rank(weeks != null ? weeks : number(row, header, "days_on_chart"));
        entry.item = item;
        entry.kind = item.kind;
        into.add(position.intValue());
    }

    /** The id in {@code spotify:track:<id>} or in a link; null for an empty field, as old files have for lost songs. */
    private static @Nullable String songId(CsvRecord row, @Nullable String uri) throws Wrong {
        if (uri == null || uri.isBlank()) {
            return null;
        }
        String id = uri.strip();
        int query = id.indexOf('?');
        id = query < 0 ? id : id.substring(0, query);
        id = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
        if (!Texts.isId(id)) {
            throw wrong(row, "uri", "the id of a song is expected, found '" + uri + "'");
        }
        return id;
    }

    private static int text(Strings strings, @Nullable String value) {
        return value == null ? Strings.NULL : strings.intern(value);
    }

    /** -1 stands for no previous rank. */
    private static int rank(@Nullable Long value) {
        return value == null || value < 1 || value > Integer.MAX_VALUE ? Entry.NO_INT : value.intValue();
    }

    private static long orNone(@Nullable Long value) {
        return value == null ? Entry.NO_LONG : value;
    }

    private static @Nullable Long number(CsvRecord row, Header header, String column) throws Wrong {
        String value = header.value(row, column);
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw wrong(row, column, "a number is expected, found '" + value + "'");
        }
    }

    private static Wrong wrong(CsvRecord row, String column, String what) {
        return new Wrong("line " + row.getStartingLineNumber() + ", " + column + ": " + what);
    }
}

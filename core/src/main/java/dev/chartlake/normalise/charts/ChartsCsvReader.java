package dev.chartlake.normalise.charts;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.charts.ChartColumns.Role;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CSV files of charts.spotify.com (daily, weekly, viral) and of the older spotifycharts.com, with or without its
 * note row, also as other programs save them. Used by one thread.
 */
public final class ChartsCsvReader {

    private static final int MAX_POSITION = 100_000;

    private final ChartSongs songs;
    private final CsvRecords records;
    private byte[] header = {};
    private @Nullable ChartColumns columns;
    private byte[] firstChart = {};
    /** Of the row that was checked last. */
    private long position;

    private final Unreadable unreadable = new Unreadable();

    public ChartsCsvReader() {
        this(new ChartSongs());
    }

    /** Recognises the songs that {@code other} does; their texts are numbers of {@code texts}, which has the same ones. */
    public ChartsCsvReader(ChartsCsvReader other, Strings texts) {
        this(new ChartSongs(other.songs, texts));
    }

    private ChartsCsvReader(ChartSongs songs) {
        this.songs = songs;
        records = new CsvRecords(songs.fields());
    }

    /** The columns of the file read last, up to a hundred; the same set for files with the same header. */
    public Set<String> columns() {
        return columns == null ? Set.of() : columns.noted();
    }

    /** How often the chart read last appears, or null if its columns do not say. */
    public Part.@Nullable Period period() {
        return columns == null ? null : columns.period();
    }

    /** Reads a file into a cleared snapshot. The offset in an error is that of the line's first byte. */
    public void read(InputStream file, Snapshot into) throws IOException {
        readRows(open(file), into);
    }

    /** Reads the rows behind the header. */
    public void readRows(ChartColumns of, Snapshot into) throws IOException {
        into.total = (int) eachRow(of, into.strings(), song -> entry(of, song, into));
        into.finish();
    }

    /**
     * Checks the rows behind the header as {@link #readRows} does, and keeps only texts of songs, to recognise them: in
     * {@code texts}, which is cleared whenever it needs more than {@code maxTexts} bytes. Returns how many rows there are.
     */
    public long checkRows(ChartColumns of, Strings texts, long maxTexts) throws IOException {
        return eachRow(of, texts, song -> {
            if (texts.memory() > maxTexts) {
                texts.clear();
            }
        });
    }

    private interface OfRow {
        void take(Item song) throws IOException;
    }

    private long eachRow(ChartColumns of, Strings texts, OfRow then) throws IOException {
        songs.use(texts);
        long read = 0;
        for (; next(); read++) {
            if (of.isCombined()) {
                checkSameChart(of, read == 0);
            }
            then.take(check(of));
        }
        if (read == 0) {
            throw wrong("no chart rows in it");
        }
        return read;
    }

    /** Starts a file by reading its header. */
    public ChartColumns open(InputStream file) throws IOException {
        unreadable.take();
        records.open(file);
        songs.fields().use(records.separator());
        if (records.startsWith('<')) {
            throw new JsonException("an HTML page, not CSV", 0);
        }
        for (boolean any = false; records.next(); any = true) {
            if (isBlankRecord()) {
                continue;
            }
            ChartColumns found = header();
            if (found != null) {
                columns = found;
                songs.fields().use(found);
                return found;
            }
            boolean note = !any && records.isBlank(0);
            boolean separatorAlone =
                    !any && records.line() == 1 && records.text(0).startsWith("sep=");
            if (!note && !separatorAlone) {
                throw wrong(noHeader());
            }
        }
        columns = null;
        throw records.line() <= 1 ? new JsonException("empty: no chart in it", 0) : wrong("no chart rows in it");
    }

    /** Goes to the next row that is not blank; false at the end of the file. */
    boolean next() throws IOException {
        while (records.next()) {
            if (!isBlankRecord()) {
                return true;
            }
        }
        return false;
    }

    /** The row that {@link #next()} went to, or the header after {@link #open}. */
    CsvRecords record() {
        return records;
    }

    private boolean isBlankRecord() {
        for (int i = 0; i < records.count(); i++) {
            if (!records.isBlank(i)) {
                return false;
            }
        }
        return true;
    }

    /** The columns of the record; those known from the file before if the header has the same bytes. */
    private @Nullable ChartColumns header() throws JsonException {
        byte[] bytes = records.bytes();
        boolean same = columns != null && Arrays.equals(bytes, records.from(), records.to(), header, 0, header.length);
        if (same) {
            return columns;
        }
        try {
            ChartColumns found = ChartColumns.of(names());
            header = Arrays.copyOfRange(bytes, records.from(), records.to());
            return found;
        } catch (IllegalArgumentException e) {
            throw wrong("line " + records.line() + ": " + e.getMessage());
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < records.count(); i++) {
            names.add(records.text(i));
        }
        return names;
    }

    private String noHeader() {
        String others = ChartColumns.otherThanSongs(names());
        return others != null
                ? "a chart of " + others + ", and only charts of songs can be read"
                : "not a chart: line " + records.line()
                        + " is neither the header of charts.spotify.com nor that of spotifycharts.com";
    }

    /** A file of several charts must have been split: as one chart, most of its rows would be lost. */
    private void checkSameChart(ChartColumns of, boolean first) throws JsonException {
        byte[] chart = chartOf(of);
        if (first) {
            firstChart = chart;
        } else if (!Arrays.equals(chart, firstChart)) {
            throw wrong("line " + records.line() + ": charts of several markets or days in one file, '"
                    + new String(firstChart, StandardCharsets.UTF_8).strip() + "' and '"
                    + new String(chart, StandardCharsets.UTF_8).strip() + "'. import splits it");
        }
    }

    /** What the row says of the chart it belongs to, in one text. */
    private byte[] chartOf(ChartColumns of) {
        String text = records.text(of.at(Role.DATE)) + " " + records.text(of.at(Role.MARKET)) + " "
                + records.text(of.at(Role.CHART));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Checks the row as {@link #read} would. The texts of its song are in {@code texts} afterwards. */
    void check(ChartColumns of, Strings texts) throws IOException {
        songs.use(texts);
        check(of);
    }

    /** Checks all of the row that can be wrong, and returns its song. */
    private Item check(ChartColumns of) throws JsonException {
        checkFields(of);
        position = number(of, Role.RANK);
        if (position < 1 || position > MAX_POSITION) {
            throw wrong(of, Role.RANK, "a position from 1 is expected, found '" + records.text(of.at(Role.RANK)) + "'");
        }
        int song = of.at(Role.SONG);
        Item item = songs.of(records, song, of.at(Role.NAME), of.at(Role.ARTISTS), of.at(Role.LABEL));
        if (item == null) {
            throw wrong(of, Role.SONG, ChartSongs.complaint(records.text(song)));
        }
        return item;
    }

    /** Reads the row, which is checked and of this song, into the next entry of {@code into}. */
    private void entry(ChartColumns of, Item item, Snapshot into) throws IOException {
        Entry entry = into.next();
        entry.item = item;
        entry.kind = item.kind;
        entry.streams = number(of, Role.STREAMS);
        entry.reportedPeak = rank(number(of, Role.PEAK));
        entry.reportedPrevious = rank(number(of, Role.PREVIOUS));
        entry.reportedPeriods = rank(number(of, Role.PERIODS));
        entry.unreadable = unreadable.take();
        into.addTied((int) position);
    }

    /** A field too many or too few means that all others may stand in the wrong column. */
    private void checkFields(ChartColumns of) throws JsonException {
        int count = records.count();
        boolean right = count >= of.size();
        for (int i = of.size(); i < count && right; i++) {
            right = records.isBlank(i);
        }
        if (!right) {
            throw wrong("line " + records.line() + ", fields: " + of.size() + " are expected, found " + count);
        }
    }

    /** -1 stands for no previous rank. */
    private static int rank(long value) {
        return value < 1 || value > Integer.MAX_VALUE ? Entry.NO_INT : (int) value;
    }

    /** The number in a column, or {@link Entry#NO_LONG}. */
    private long number(ChartColumns of, Role role) {
        int field = of.at(role);
        if (field >= records.count()) {
            return Entry.NO_LONG;
        }
        byte[] bytes = records.bytes();
        int at = records.start(field);
        int end = records.end(field);
        boolean negative = at < end && bytes[at] == '-';
        at += negative ? 1 : 0;
        if (at == end || end - at > 18) {
            return odd(of, role, field);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return odd(of, role, field);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /** A number that is not written as the chart sites do. */
    private long odd(ChartColumns of, Role role, int field) {
        String text = records.text(field);
        if (ChartNumbers.isNothing(text)) {
            return Entry.NO_LONG;
        }
        OptionalLong number = ChartNumbers.read(text);
        if (number.isPresent()) {
            return number.getAsLong();
        }
        unreadable.add(of.nameOf(role) + " '" + text + "' on line " + records.line());
        return Entry.NO_LONG;
    }

    private JsonException wrong(ChartColumns of, Role role, String what) {
        String name = of.nameOf(role);
        return wrong("line " + records.line() + ", " + name + ": " + what);
    }

    /** Something is wrong in the record that was read last. */
    JsonException wrong(String what) {
        return new JsonException(what, records.offset());
    }
}

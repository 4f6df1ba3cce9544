package dev.chartlake.normalise.charts;

import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.charts.ChartFields.ChartField;
import dev.chartlake.normalise.charts.ChartFields.DimensionField;
import dev.chartlake.normalise.charts.ChartFields.DisplayField;
import dev.chartlake.normalise.charts.ChartFields.MetadataField;
import dev.chartlake.normalise.document.Answers;
import dev.chartlake.normalise.document.JsonDocuments;
import dev.chartlake.normalise.document.ObservedTime;
import dev.chartlake.normalise.document.StructureDetector;
import dev.chartlake.normalise.document.UnicodeInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads charts as the site charts.spotify.com has them in JSON: {@code displayChart} says which chart it is and of which
 * day, {@code entries} what is on it. Charts of albums and artists are left out. Used by one thread, for one file after the
 * other.
 */
public final class ChartsJsonReader implements JsonDocuments.Found {

    private static final Pattern NAME = Pattern.compile("[a-z]+-[a-z0-9_-]+-(?:daily|weekly)");
    private static final String EMPTY = "a chart without rows";

    private final JsonScanner in = new JsonScanner();
    private final Values values = new Values(in);
    private final ChartEntryReader rows = new ChartEntryReader(in, values);
    private final JsonDocuments documents = new JsonDocuments(in, new StructureDetector(in));
    private final FieldOrder charts = new FieldOrder(ChartField.NAMES);
    private final FieldOrder display = new FieldOrder(DisplayField.NAMES);
    private final FieldOrder metadata = new FieldOrder(MetadataField.NAMES);
    private final FieldOrder dimensions = new FieldOrder(DimensionField.NAMES);
    private final Answers found = new Answers();
    private final List<String> leftOut = new ArrayList<>();
    private final Unreadable unreadable = new Unreadable();
    private boolean one;
    private Snapshot snapshot = new Snapshot(0);
    private @Nullable String name;
    private @Nullable Instant day;
    private ChartEntryReader.@Nullable Subject subject;

    /** The charts of songs in the file read last. */
    @Override
    public Answers answers() {
        return found;
    }

    /** The documents of the file read last, also if it is broken. */
    public JsonDocuments documents() {
        return documents;
    }

    /** What else there was in the file read last: {@code a chart of albums (album-global-weekly)}. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** The fields of the charts read last. */
    public Set<String> fields() {
        Set<String> names = new TreeSet<>(rows.fields());
        display.names(display.takeSeen()).forEach(field -> names.add("displayChart." + field));
        return names;
    }

    /** True if there were more fields than are told apart. */
    public boolean isCrowded() {
        return display.isFull() || rows.isCrowded();
    }

    /** Reads a file into a cleared snapshot. */
    public void read(InputStream file, Snapshot into) throws IOException {
        snapshot = into;
        values.use(into.strings());
        rows.use(into.strings());
        found.clear();
        leftOut.clear();
        unreadable.backTo(0);
        values.countUnreadable(unreadable);
        display.takeSeen();
        in.open(UnicodeInput.utf8(file));
        documents.read(this);
        if (found.size() == 0) {
            String other = leftOut.isEmpty() ? EMPTY : leftOut.get(0).replaceFirst(" \\(.*", "");
            throw new JsonException(
                    other.equals(EMPTY) ? "no chart rows in it" : other + ", and only charts of songs can be read", 0);
        }
        snapshot.total = (int) Math.min(Integer.MAX_VALUE, snapshot.read());
        snapshot.addUnreadable(unreadable);
        snapshot.finish();
    }

    /** Reads a file that has one chart. Several charts would take each other's positions. */
    public void readOne(InputStream file, Snapshot into) throws IOException {
        one = true;
        try {
            read(file, into);
        } finally {
            one = false;
        }
    }

    @Override
    public void answer() throws IOException {
        throw in.error("neither a chart nor charts in an object");
    }

    @Override
    public void rows() throws IOException {
        throw in.error("rows of a playlist among charts: put them into different files");
    }

    @Override
    public void row() throws IOException {
        rows();
    }

    @Override
    public void chart() throws IOException {
        long from = in.offset();
        start();
        long before = snapshot.read();
        in.expect('{');
        for (int at = field(FieldOrder.START); at != FieldOrder.END; at = field(at)) {
            switch (charts.name(at)) {
                case ChartField.DISPLAY_CHART -> display();
                case ChartField.ENTRIES -> entries();
                default -> skip();
            }
        }
        end(from, before);
    }

    @Override
    public void chartEntries() throws IOException {
        long from = in.offset();
        start();
        long before = snapshot.read();
        entries();
        end(from, before);
    }

    private void start() throws JsonException {
        if (one && found.size() > 0) {
            throw in.error("several charts in one document. import splits it");
        }
        name = null;
        day = null;
        subject = null;
    }

    private void end(long from, long before) {
        if (subject == ChartEntryReader.Subject.SONG) {
            found.add(new Answers.Answer(
                    from, in.offset(), name, 0, day, snapshot.read() - before, null, null, Answers.Form.PAGE));
        } else {
            leftOut.add((subject == null ? EMPTY : "a chart of " + word(subject))
                    + (name == null ? "" : " (" + name + ")"));
        }
    }

    private int field(int state) throws IOException {
        int from = in.position();
        while (true) {
            try {
                int next = in.field(charts, state);
                if (next != FieldOrder.END) {
                    in.peek();
                }
                return next;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private void skip() throws IOException {
        again(in::skip);
    }

    private void display() throws IOException {
        again(this::displayChart);
    }

    /** Something that is read again, with more of the file, if the window ends in it. */
    private interface Step {
        void read() throws JsonException;
    }

    private void again(Step step) throws IOException {
        int from = in.position();
        int before = unreadable.count();
        while (true) {
            try {
                step.read();
                return;
            } catch (JsonScanner.Underflow e) {
                unreadable.backTo(before);
                in.refill(from);
                from = 0;
            }
        }
    }

    private void displayChart() throws JsonException {
        if (!values.object("displayChart")) {
            return;
        }
        for (int at = in.field(display, FieldOrder.START); at != FieldOrder.END; at = in.field(display, at)) {
            switch (display.name(at)) {
                case DisplayField.DATE ->
                    day = Optional.ofNullable(values.string("displayChart.date"))
                            .flatMap(ObservedTime::read)
                            .orElse(day);
                case DisplayField.CHART_METADATA -> metadata();
                case DisplayField.DESCRIPTION -> snapshot.description = values.string("displayChart.description");
                default -> in.skip();
            }
        }
    }

    private void metadata() throws JsonException {
        if (!values.object("chartMetadata")) {
            return;
        }
        String alias = null;
        String parts = null;
        for (int at = in.field(metadata, FieldOrder.START); at != FieldOrder.END; at = in.field(metadata, at)) {
            switch (metadata.name(at)) {
                case MetadataField.ALIAS -> alias = values.string("chartMetadata.alias");
                case MetadataField.READABLE_TITLE -> snapshot.name = values.string("chartMetadata.readableTitle");
                case MetadataField.DIMENSIONS -> parts = dimensions();
                default -> in.skip();
            }
        }
        String stated = name(alias);
        name = stated == null ? name(parts) : stated;
    }

    private @Nullable String dimensions() throws JsonException {
        if (!values.object("chartMetadata.dimensions")) {
            return null;
        }
        String type = "";
        String country = "";
        String recurrence = "";
        for (int at = in.field(dimensions, FieldOrder.START); at != FieldOrder.END; at = in.field(dimensions, at)) {
            switch (dimensions.name(at)) {
                case DimensionField.CHART_TYPE -> type = String.valueOf(values.string("dimensions.chartType"));
                case DimensionField.COUNTRY -> country = String.valueOf(values.string("dimensions.country"));
                case DimensionField.RECURRENCE -> recurrence = String.valueOf(values.string("dimensions.recurrence"));
                default -> in.skip();
            }
        }
        return type + "-" + country + "-" + recurrence;
    }

    /** The name of a chart as its files have it: {@code regional-no-weekly}, of {@code REGIONAL_NO_WEEKLY}. */
    private static @Nullable String name(@Nullable String alias) {
        String text =
                alias == null ? "" : alias.strip().toLowerCase(Locale.ROOT).replaceAll("[_ ]+", "-");
        return NAME.matcher(text).matches() ? text : null;
    }

    private void entries() throws IOException {
        if (in.peek() != '[') {
            skip();
            return;
        }
        in.expect('[');
        for (boolean first = true; entry(first); first = false) {
            if (subject == ChartEntryReader.Subject.SONG) {
                snapshot.addTied(rows.position());
            }
        }
    }

    /** Reads the next entry into the next one of the snapshot; false behind the last one. */
    private boolean entry(boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                if (!in.element(first)) {
                    return false;
                }
                ChartEntryReader.Subject read = rows.read(snapshot.next());
                if (subject != null && subject != read) {
                    throw in.error("entries of " + word(subject) + " and of " + word(read) + " in one chart");
                }
                subject = read;
                return true;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private static String word(ChartEntryReader.Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT) + "s";
    }
}

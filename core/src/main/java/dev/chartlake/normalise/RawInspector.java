package dev.chartlake.normalise;

import dev.chartlake.entry.Snapshot;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.account.PlaySplitter;
import dev.chartlake.normalise.account.Redaction;
import dev.chartlake.normalise.api.ApiReader;
import dev.chartlake.normalise.charts.ChartColumns;
import dev.chartlake.normalise.charts.ChartSplitter;
import dev.chartlake.normalise.charts.ChartsCsvReader;
import dev.chartlake.normalise.charts.ChartsJsonReader;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.UnicodeInput;
import dev.chartlake.raw.RawKey;
import dev.chartlake.text.Strings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Detects what a file of unknown origin is, and reads it to its end to be sure. Used by one thread. */
public final class RawInspector implements Closeable {

    private static final int LOOK_AHEAD = 4096;

    private final ApiReader api = new ApiReader(1 << 20);
    private final AnswerTimes times = new AnswerTimes();
    private final ChartsCsvReader charts = new ChartsCsvReader();
    private final ChartsJsonReader chartsJson = new ChartsJsonReader();
    private final ChartSplitter splitter = new ChartSplitter();
    private static final long MAX_TEXTS = 8 << 20;

    private final Snapshot snapshot = new Snapshot(MAX_TEXTS);
    /** Texts of the files before: those that come again are recognised. */
    private final Strings strings = new Strings();

    private final Redaction.Personal personal;
    /** Made when the first file needs it, because most files are none of an account export. */
    private @Nullable PlaySplitter plays;

    private String extension = "json";

    /** Leaves personal values in what it finds. */
    public RawInspector() {
        this(Redaction.Personal.KEPT);
    }

    /** Does with personal values in account exports what {@code personal} says. */
    public RawInspector(Redaction.Personal personal) {
        this.personal = personal;
    }

    /**
     * What a file is.
     *
     * @param parts what it holds, in the order of the file; never empty
     * @param leftOut what else it holds that cannot be read, such as {@code a chart of albums}; mostly empty
     * @param replaced how many personal values are replaced in the parts
     */
    public record Finding(List<Part> parts, List<String> leftOut, long replaced) {
        Finding(List<Part> parts, List<String> leftOut) {
            this(parts, leftOut, 0);
        }
    }

    /** As {@link #inspect(RawReader.Source, String)}, of a file without a name. */
    public Finding inspect(RawReader.Source source) throws IOException {
        return inspect(source, "");
    }

    /**
     * Reads the file. Throws {@link JsonException} if it is of an unknown kind, or broken.
     *
     * @param name the file's name, which may say whether the charts in it are daily or weekly where nothing else does
     */
    public Finding inspect(RawReader.Source source, String name) throws IOException {
        if (strings.memory() > MAX_TEXTS) {
            strings.clear();
        }
        snapshot.clear(strings, null);
        extension = looksLikeJson(source) ? "json" : "csv";
        if (extension.equals("csv")) {
            try (InputStream in = source.open()) {
                return new Finding(chart(in, name), List.of());
            }
        }
        try {
            return answers(source);
        } catch (JsonException e) {
            if (api.foundChart()) {
                return charts(source);
            }
            return switch (api.documents().refused()) {
                case HISTORY -> plays(source);
                case EXPORTED_PLAYLIST, LIBRARY -> accountLists(source);
                default -> throw BrokenLine.named(e, api.documents(), source);
            };
        }
    }

    private Finding plays(RawReader.Source source) throws IOException {
        PlaySplitter days = plays == null ? new PlaySplitter(personal) : plays;
        plays = days;
        try (InputStream in = source.open()) {
            return new Finding(days.split(in), List.of(), days.replaced());
        }
    }

    private Finding accountLists(RawReader.Source source) throws IOException {
        AccountLists accountLists = new AccountLists(personal);
        snapshot.clear(new Strings(), null);
        List<Part> parts = accountLists.parts(source, snapshot);
        return new Finding(parts, accountLists.leftOut(), accountLists.replaced());
    }

    private Finding answers(RawReader.Source source) throws IOException {
        try (InputStream in = source.open()) {
            api.read(in, snapshot);
        }
        if (api.foundPlays()) {
            return plays(source);
        }
        if (AnswerTimes.areIn(api.listFields())) {
            times.addTo(api.answers(), source);
        }
        return new Finding(
                new SnapshotParts(RawKey.WEB_API, source).of(api.answers().all()), List.of());
    }

    private Finding charts(RawReader.Source source) throws IOException {
        snapshot.clear(new Strings(), null);
        try (InputStream in = source.open()) {
            chartsJson.read(in, snapshot);
        } catch (JsonException e) {
            throw BrokenLine.named(e, chartsJson.documents(), source);
        }
        List<String> leftOut = List.copyOf(chartsJson.leftOut());
        SnapshotParts parts = new SnapshotParts(RawKey.CHARTS, source);
        return new Finding(parts.of(chartsJson.answers().all(), leftOut), leftOut);
    }

    private List<Part> chart(InputStream in, String name) throws IOException {
        ChartColumns columns = charts.open(in);
        if (columns.isCombined()) {
            splitter.close();
            return splitter.split(charts, columns, name);
        }
        long rows = charts.checkRows(columns, strings, MAX_TEXTS);
        return List.of(
                new Part(RawKey.CHARTS, extension, null, null, rows, null, null, charts.period(), Part.Cut.WHOLE));
    }

    /** Deletes temporary files. The parts found before cannot be copied any more. */
    @Override
    public void close() throws IOException {
        if (plays != null) {
            plays.close();
        }
        splitter.close();
    }

    /** What the last file looked like, also if it could not be read. */
    public String extension() {
        return extension;
    }

    /** Charts start with a header of letters; all else is read as JSON, whose errors then say what is wrong. */
    private static boolean looksLikeJson(RawReader.Source source) throws IOException {
        try (InputStream in = source.open()) {
            String line = firstLine(in.readNBytes(LOOK_AHEAD));
            boolean fields = line.contains(",") || line.contains(";") || line.contains("\t") || line.contains("|");
            return !fields || line.startsWith("{") || line.startsWith("[") || line.contains("<");
        }
    }

    /** The first line that is not blank, without byte order marks. */
    private static String firstLine(byte[] start) {
        Charset unicode = UnicodeInput.charset(start, start.length);
        if (unicode != null) {
            String text = new String(start, unicode).replace("\ufeff", "");
            return text.strip().lines().findFirst().orElse("");
        }
        int from = 0;
        while (from < start.length && (Character.isWhitespace(start[from]) || isMark(start, from))) {
            from += isMark(start, from) ? 3 : 1;
        }
        int to = from;
        while (to < start.length && start[to] != '\n' && start[to] != '\r') {
            to++;
        }
        return new String(start, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isMark(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && bytes[at] == (byte) 0xef
                && bytes[at + 1] == (byte) 0xbb
                && bytes[at + 2] == (byte) 0xbf;
    }
}

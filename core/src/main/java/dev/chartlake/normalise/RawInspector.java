package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.table.Strings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Finds out what a file of unknown origin is, and reads it to its end to be sure. Used by one thread. */
public final class RawInspector {

    private static final int LOOK_AHEAD = 4096;

    private final ApiReader api = new ApiReader(1 << 20);
    private final ChartsCsvReader charts = new ChartsCsvReader();
    private static final long MAX_TEXTS = 8 << 20;

    private final Snapshot snapshot = new Snapshot(MAX_TEXTS);
    private String extension = "json";

    /**
     * What a file is.
     *
     * @param extension {@code json} for answers of the Web API, {@code csv} for charts
     * @param lists the ids of the playlists it names, in order; none for charts
     * @param entries how many it has
     * @param answers where the answers stand, with the index of their list in {@code lists} or -1
     */
    public record Finding(String extension, List<String> lists, long entries, List<Span> answers) {

        /** Writes the answers about one list as an array of their bytes. Answers without a list belong to the first. */
        public void copy(String list, InputStream from, OutputStream to) throws IOException {
            int wanted = lists.indexOf(list);
            long at = 0;
            boolean first = true;
            to.write('[');
            for (Span span : answers) {
                if (Math.max(span.list(), 0) != wanted) {
                    continue;
                }
                from.skipNBytes(span.from() - at);
                if (!first) {
                    to.write(',');
                }
                first = false;
                copy(from, to, span.to() - span.from());
                at = span.to();
            }
            to.write(']');
        }

        private static void copy(InputStream from, OutputStream to, long length) throws IOException {
            byte[] buffer = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = from.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                if (read == 0) {
                    throw new IOException("The file became shorter while it was read.");
                }
                to.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Where an answer stands, and which list it is about. */
    public record Span(long from, long to, int list) {}

    /** Reads the file. Throws {@link JsonException} if it is none of the kinds we know, or broken. */
    public Finding inspect(RawReader.Source source) throws IOException {
        Strings strings = new Strings();
        snapshot.clear(strings, null);
        extension = looksLikeJson(source) ? "json" : "csv";
        try (InputStream in = source.open()) {
            if (extension.equals("csv")) {
                charts.read(in, snapshot);
                return new Finding(extension, List.of(), snapshot.read(), List.of());
            }
            api.read(in, snapshot);
        }
        List<String> ids = api.answers().stream()
                .map(ApiReader.Answer::listId)
                .filter(id -> id != null && Texts.isId(id))
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        List<Span> spans = api.answers().stream()
                .map(answer -> new Span(answer.from(), answer.to(), ids.indexOf(answer.listId())))
                .toList();
        return new Finding(extension, ids, snapshot.read(), spans);
    }

    /** What the last file looked like, also if it could not be read. */
    public String extension() {
        return extension;
    }

    /** Charts start with a header of letters; all else is read as JSON, whose errors then say what is wrong. */
    private static boolean looksLikeJson(RawReader.Source source) throws IOException {
        try (InputStream in = new BufferedInputStream(source.open())) {
            String start = new String(in.readNBytes(LOOK_AHEAD), StandardCharsets.ISO_8859_1);
            String line = start.replace("\u00ef\u00bb\u00bf", "")
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            boolean fields = line.contains(",") || line.contains(";") || line.contains("\t");
            return !fields || line.startsWith("{") || line.startsWith("[") || line.contains("<");
        }
    }
}

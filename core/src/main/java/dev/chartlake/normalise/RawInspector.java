package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.raw.RawKey;
import dev.chartlake.table.Strings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out what a file of unknown origin is, and reads it to its end to be sure. Used by one thread. */
public final class RawInspector implements Closeable {

    private static final int LOOK_AHEAD = 4096;

    private final ApiReader api = new ApiReader(1 << 20);
    private final ChartsCsvReader charts = new ChartsCsvReader();
    private final ChartSplitter splitter = new ChartSplitter();
    private static final long MAX_TEXTS = 8 << 20;

    private final Snapshot snapshot = new Snapshot(MAX_TEXTS);
    private String extension = "json";

    /**
     * What a file is.
     *
     * @param parts what it holds, in the order of the file; never empty
     */
    public record Finding(List<Part> parts) {}

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
        Strings strings = new Strings();
        snapshot.clear(strings, null);
        extension = looksLikeJson(source) ? "json" : "csv";
        try (InputStream in = source.open()) {
            if (extension.equals("csv")) {
                return new Finding(chart(in, name));
            }
            api.read(in, snapshot);
        }
        return new Finding(parts(api.answers()));
    }

    private List<Part> chart(InputStream in, String name) throws IOException {
        ChartColumns columns = charts.open(in);
        if (columns.isCombined()) {
            splitter.close();
            return splitter.split(charts, columns, name);
        }
        charts.readRows(columns, snapshot);
        return List.of(new Part(
                RawKey.CHARTS, extension, null, null, snapshot.read(), null, null, charts.period(), Part.Cut.WHOLE));
    }

    /** Deletes temporary files. The parts found before cannot be copied any more. */
    @Override
    public void close() throws IOException {
        splitter.close();
    }

    /** One part for each list. Answers without a list belong to the first one. */
    private static List<Part> parts(List<ApiReader.Answer> answers) {
        Map<String, List<ApiReader.Answer>> byList = new LinkedHashMap<>();
        for (ApiReader.Answer answer : answers) {
            if (isList(answer)) {
                byList.computeIfAbsent(String.valueOf(answer.listId()), id -> new ArrayList<>());
            }
        }
        if (byList.size() <= 1) {
            String list = byList.keySet().stream().findFirst().orElse(null);
            return List.of(part(list, answers, Part.Cut.WHOLE));
        }
        String first = byList.keySet().iterator().next();
        for (ApiReader.Answer answer : answers) {
            String list = isList(answer) ? String.valueOf(answer.listId()) : first;
            Objects.requireNonNull(byList.get(list)).add(answer);
        }
        List<Part> parts = new ArrayList<>();
        byList.forEach((list, own) -> {
            List<Spans.Span> spans = own.stream()
                    .map(answer -> new Spans.Span(answer.from(), answer.to()))
                    .toList();
            parts.add(part(list, own, new Spans(spans)));
        });
        return parts;
    }

    private static boolean isList(ApiReader.Answer answer) {
        return answer.listId() != null && Texts.isId(answer.listId());
    }

    private static Part part(@Nullable String list, List<ApiReader.Answer> answers, Part.Cut cut) {
        Integer offset = answers.get(0).offset();
        Integer total = null;
        long entries = 0;
        for (ApiReader.Answer answer : answers) {
            boolean follows = offset != null && answer.offset() != null && answer.offset() == offset + entries;
            offset = follows ? offset : null;
            total = answer.total() == null ? total : answer.total();
            entries += answer.entries();
        }
        return new Part(RawKey.WEB_API, "json", list, null, entries, offset, total, null, cut);
    }

    /** What the last file looked like, also if it could not be read. */
    public String extension() {
        return extension;
    }

    /** Charts start with a header of letters; all else is read as JSON, whose errors then say what is wrong. */
    private static boolean looksLikeJson(RawReader.Source source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] start = in.readNBytes(LOOK_AHEAD);
            Charset charset = !Utf16Input.startsLike(start, start.length)
                    ? StandardCharsets.ISO_8859_1
                    : start[0] == (byte) 0xff || start[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            String text =
                    new String(start, charset).replace("\u00ef\u00bb\u00bf", "").replace("\ufeff", "");
            String line = text.strip().lines().findFirst().orElse("");
            boolean fields = line.contains(",") || line.contains(";") || line.contains("\t") || line.contains("|");
            return !fields || line.startsWith("{") || line.startsWith("[") || line.contains("<");
        }
    }
}

package dev.chartlake.normalise;

import dev.chartlake.normalise.document.Answers.Answer;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.Spans;
import dev.chartlake.normalise.document.UnicodeInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the answers of a file into snapshots: one part for each list and time, and for each time that a list begins again.
 * An answer that is there twice is kept once.
 */
final class SnapshotParts {

    private final String source;
    private final RawReader.Source file;
    private boolean dropped;

    /** Of a file whose parts have this source in their keys. */
    SnapshotParts(String source, RawReader.Source file) {
        this.source = source;
        this.file = file;
    }

    /** The parts, in the order of their first answers; the file has nothing else in it. */
    List<Part> of(List<Answer> answers) throws IOException {
        return of(answers, List.of());
    }

    /** The parts, in the order of their first answers; the file also has what is left out. */
    List<Part> of(List<Answer> answers, List<String> leftOut) throws IOException {
        List<List<Answer>> snapshots = new ArrayList<>();
        for (List<Answer> list : byList(answers).values()) {
            snapshots.addAll(snapshots(list));
        }
        Spans.Extent extent =
                snapshots.size() == 1 && !dropped && leftOut.isEmpty() ? Spans.Extent.WHOLE : Spans.Extent.PART;
        return snapshots.stream().map(snapshot -> part(snapshot, extent)).toList();
    }

    /** Answers that name no list belong to the one before them, or to the first one. */
    private static Map<String, List<Answer>> byList(List<Answer> answers) {
        Map<String, List<Answer>> lists = new LinkedHashMap<>();
        List<Answer> nameless = new ArrayList<>();
        String last = null;
        for (Answer answer : answers) {
            String name = name(answer);
            last = name != null ? name : last;
            if (last == null) {
                nameless.add(answer);
            } else {
                lists.computeIfAbsent(last, list -> new ArrayList<>(nameless)).add(answer);
                nameless.clear();
            }
        }
        if (!nameless.isEmpty()) {
            lists.put("", nameless);
        }
        return lists;
    }

    private static @Nullable String name(Answer answer) {
        return answer.list() != null ? answer.list() : answer.unnamed() > 0 ? "unnamed " + answer.unnamed() : null;
    }

    private List<List<Answer>> snapshots(List<Answer> list) throws IOException {
        Map<String, List<Answer>> current = new LinkedHashMap<>();
        List<List<Answer>> all = new ArrayList<>();
        String time = "";
        for (Answer answer : list) {
            time = answer.observedAt() == null ? time : answer.observedAt().toString();
            List<Answer> snapshot = current.get(time);
            Answer again = snapshot == null ? null : repeated(answer, snapshot);
            if (again != null && isSame(answer, again)) {
                dropped = true;
                continue;
            }
            if (snapshot == null || again != null && again == first(snapshot)) {
                snapshot = new ArrayList<>();
                current.put(time, snapshot);
                all.add(snapshot);
            }
            snapshot.add(answer);
        }
        return all;
    }

    /** The answer of the snapshot that begins where this one does. */
    private static @Nullable Answer repeated(Answer answer, List<Answer> snapshot) {
        Integer begins = answer.entries() == 0 ? null : answer.begins();
        if (begins == null) {
            return null;
        }
        for (Answer other : snapshot) {
            if (other.entries() > 0 && begins.equals(other.begins())) {
                return other;
            }
        }
        return null;
    }

    private static @Nullable Answer first(List<Answer> snapshot) {
        return snapshot.stream()
                .filter(answer -> answer.entries() > 0)
                .findFirst()
                .orElse(null);
    }

    private boolean isSame(Answer a, Answer b) throws IOException {
        long length = a.to() - a.from();
        if (length != b.to() - b.from()) {
            return false;
        }
        try (InputStream x = new BufferedInputStream(UnicodeInput.utf8(file.open()));
                InputStream y = new BufferedInputStream(UnicodeInput.utf8(file.open()))) {
            x.skipNBytes(a.from());
            y.skipNBytes(b.from());
            for (long i = 0; i < length; i++) {
                if (x.read() != y.read()) {
                    return false;
                }
            }
        }
        return true;
    }

    private Part part(List<Answer> answers, Spans.Extent extent) {
        Integer offset = answers.get(0).offset();
        Integer total = null;
        Instant observedAt = null;
        String list = null;
        long entries = 0;
        for (Answer answer : answers) {
            boolean follows = offset != null && answer.offset() != null && answer.offset() == offset + entries;
            offset = follows ? offset : null;
            total = answer.total() == null ? total : answer.total();
            observedAt = observedAt == null ? answer.observedAt() : observedAt;
            list = list == null ? answer.list() : list;
            entries += answer.entries();
        }
        List<Spans.Span> spans = answers.stream()
                .map(answer -> new Spans.Span(answer.from(), answer.to()))
                .toList();
        return new Part(source, "json", list, observedAt, entries, offset, total, null, new Spans(spans, extent));
    }
}

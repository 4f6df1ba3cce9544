package dev.chartlake.day;

import dev.chartlake.model.Table;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.quality.WellFormedTexts;
import dev.chartlake.text.Strings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a day of its {@linkplain DayRun runs}: the same as if one process had computed it. The runs' rows arrive in pieces,
 * in any order, and wait in temporary files; they are merged in bounded memory. Used by one thread; closing deletes the
 * files.
 */
public final class DayMerge implements Closeable {

    private final LocalDate date;
    private final Map<Integer, DayRun.Summary> summaries = new TreeMap<>();
    private final Map<Place, Received> files = new TreeMap<>();

    /** Where rows belong: later runs are newer, and in a run later parts. */
    private record Place(Table table, int run, int part) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = table.compareTo(other.table);
            order = order != 0 ? order : Integer.compare(run, other.run);
            return order != 0 ? order : Integer.compare(part, other.part);
        }
    }

    private record Received(Path path, long rows) {}

    /** Of a day in UTC. */
    public DayMerge(LocalDate date) {
        this.date = date;
    }

    /** Takes what is said of the raw objects of a run; runs count from 0, in merge order. */
    public void summary(int run, DayRun.Summary summary) {
        summaries.put(run, summary);
    }

    /**
     * Takes some bytes of a piece of a run, which begin at {@code offset} of the piece. The same bytes may come twice.
     *
     * @param rows how many the whole piece has
     * @throws IOException if they cannot be kept
     */
    public void bytes(int run, int part, Table table, long rows, long offset, byte[] bytes) throws IOException {
        Place place = new Place(table, run, part);
        Received file = files.get(place);
        if (file == null) {
            file = new Received(Files.createTempFile("chartlake-", ".rows"), rows);
            files.put(place, file);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        // Not kept open: a large day has more files than a process may have open.
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            while (buffer.hasRemaining()) {
                channel.write(buffer, offset + buffer.position());
            }
        }
    }

    /** The day, once all runs have arrived; it is valid until this is closed. */
    public ComputedDay day() {
        Map<Table, List<SpilledRows>> parts = new TreeMap<>();
        for (Map.Entry<Place, Received> file : files.entrySet()) {
            Table table = file.getKey().table();
            parts.computeIfAbsent(table, t -> new ArrayList<>())
                    .add(SpilledRows.in(
                            file.getValue().path(), table, file.getValue().rows()));
        }
        DayChecks checks = new DayChecks(date, new WellFormedTexts());
        ComputedDay day = new ComputedDay(date, new MergedRows(parts, new DayRows(new Strings())), checks);
        Map<String, Collection<String>> fields = new TreeMap<>();
        for (DayRun.Summary summary : summaries.values()) {
            summary.read().forEach(object -> day.read(object, 0));
            summary.unreadable().forEach(object -> day.unreadable(object.key(), object.error()));
            day.repeated(summary.repeated());
            checks.found(summary.findings());
            for (SourceFields source : summary.fields()) {
                fields.computeIfAbsent(source.source(), name -> new TreeSet<>()).addAll(source.seen());
            }
        }
        day.fields(fields.entrySet().stream()
                .map(source -> SourceFields.of(source.getKey(), source.getValue()))
                .toList());
        return day;
    }

    @Override
    public void close() throws IOException {
        for (Received file : files.values()) {
            Files.deleteIfExists(file.path());
        }
    }
}

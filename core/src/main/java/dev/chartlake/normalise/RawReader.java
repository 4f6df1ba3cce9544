package dev.chartlake.normalise;

import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Snapshot.EntrySink;
import dev.chartlake.json.JsonException;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.PlaylistRef.Personal;
import dev.chartlake.normalise.account.AccountListReader;
import dev.chartlake.normalise.account.PlaysReader;
import dev.chartlake.normalise.api.ApiReader;
import dev.chartlake.normalise.api.FieldsSeen;
import dev.chartlake.normalise.charts.ChartsCsvReader;
import dev.chartlake.normalise.charts.ChartsJsonReader;
import dev.chartlake.raw.RawKey;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one raw object after the other into a {@link Snapshot}. Pure: what comes out depends on the key and the bytes alone. Used by
 * one thread.
 */
public final class RawReader {

    /** Opens the object from its start; may be called again when the object must be read twice. */
    public interface Source {
        /** A new stream, which the reader closes. */
        InputStream open() throws IOException;
    }

    private static final int REMEMBERED_OF_PLAYS = 1 << 20;
    private static final long MOST_CHECKED_TEXTS = 8 << 20;

    private final ApiReader api;
    private final ChartsCsvReader charts;
    private final ChartsJsonReader chartsJson = new ChartsJsonReader();
    /** Made when the first object needs them, because most lakes have no account exports. */
    private @Nullable AccountListReader accountLists;

    private @Nullable PlaysReader plays;
    private Set<String> lastColumns = Set.of();
    private final SortedMap<String, FieldsSeen> fields = new TreeMap<>();
    private final SortedMap<String, Set<String>> columns = new TreeMap<>();

    /** Keeps up to {@code rememberedBytes} of songs as they were written, to recognise them when they come again. */
    public RawReader(int rememberedBytes) {
        api = new ApiReader(rememberedBytes);
        charts = new ChartsCsvReader();
    }

    /** Recognises what {@code other} does; its texts are numbers of {@code texts}, which has the same ones. */
    public RawReader(RawReader other, Strings texts) {
        api = new ApiReader(other.api, texts);
        charts = new ChartsCsvReader(other.charts, texts);
    }

    /**
     * Checks the whole object, and then hands its entries to {@code sink}, usually in one piece.
     *
     * @throws JsonException if the object is not what its key says; then nothing has gone to the sink
     * @throws IOException if it cannot be read
     */
    public void read(RawKey key, Source source, Strings strings, Snapshot snapshot, EntrySink sink) throws IOException {
        EntryKind kind = EntryKind.of(key);
        snapshot.clear(strings, null);
        readOnce(kind, false, source, snapshot);
        // The first page of a user's top songs is the list, although Spotify ranks some thousand songs.
        if (PlaylistRef.personal(key.list()).filter(Personal::isTop).isPresent() && snapshot.total > snapshot.read()) {
            snapshot.total = (int) snapshot.read();
        }
        if (!snapshot.incomplete() && (kind != EntryKind.ANSWERS || !api.misplaced())) {
            sink.accept(snapshot);
        } else {
            snapshot.clear(strings, sink);
            readOnce(kind, true, source, snapshot);
        }
        switch (kind) {
            case CHART_CSV -> note(key.source(), charts.columns());
            case CHART_JSON -> note(key.source(), chartsJson.fields());
            case ACCOUNT_LIST -> note(key.source(), accountLists().fields());
            case ANSWERS ->
                fields.computeIfAbsent(key.source(), name -> new FieldsSeen()).add(api.seen());
        }
    }

    /**
     * The same for an object that holds plays: checks it as a whole, and then hands on one play after the other.
     *
     * @return the reader, which says how many there were
     */
    public PlaysReader readPlays(RawKey key, Source source, Strings strings, PlaysReader.Sink sink) throws IOException {
        PlaysReader reader = plays == null ? new PlaysReader(REMEMBERED_OF_PLAYS) : plays;
        plays = reader;
        Strings checked = new Strings();
        try (InputStream in = source.open()) {
            reader.read(in, checked, play -> {
                if (checked.memory() > MOST_CHECKED_TEXTS) {
                    checked.clear();
                }
            });
        }
        try (InputStream in = source.open()) {
            reader.read(in, strings, sink);
        }
        note(key.source(), Set.copyOf(reader.fields()));
        return reader;
    }

    private AccountListReader accountLists() {
        AccountListReader reader = accountLists == null ? new AccountListReader() : accountLists;
        accountLists = reader;
        return reader;
    }

    /** What an object is by its key. */
    private enum EntryKind {
        ANSWERS,
        CHART_CSV,
        CHART_JSON,
        ACCOUNT_LIST;

        static EntryKind of(RawKey key) {
            if (key.extension().equals("csv")) {
                return CHART_CSV;
            }
            if (key.source().equals(RawKey.ACCOUNT_EXPORT)) {
                return ACCOUNT_LIST;
            }
            return key.source().equals(RawKey.CHARTS) ? CHART_JSON : ANSWERS;
        }
    }

    /** Charts of a day mostly have the same columns, which are one set then. */
    private void note(String source, Set<String> names) {
        if (names != lastColumns) {
            columns.computeIfAbsent(source, name -> new TreeSet<>()).addAll(names);
            lastColumns = names;
        }
    }

    private void readOnce(EntryKind kind, boolean again, Source source, Snapshot snapshot) throws IOException {
        try (InputStream in = source.open()) {
            switch (kind) {
                case CHART_CSV -> charts.read(in, snapshot);
                case CHART_JSON -> chartsJson.readOne(in, snapshot);
                case ACCOUNT_LIST -> accountLists().readOne(in, snapshot);
                case ANSWERS -> {
                    if (again) {
                        api.readAgain(in, snapshot);
                    } else {
                        api.read(in, snapshot);
                    }
                }
            }
        }
    }

    /** Forgets which fields were seen. */
    public void startDay() {
        fields.clear();
        columns.clear();
        lastColumns = Set.of();
    }

    /**
     * The fields of all objects that could be read since {@link #startDay()}, by source, each with its level before it:
     * {@code track.album.images}, {@code chart.streams}. Their names are as in the objects, which are other people's.
     */
    public SortedMap<String, SortedSet<String>> fields() {
        SortedMap<String, SortedSet<String>> paths = new TreeMap<>();
        for (Map.Entry<String, FieldsSeen> source : fields.entrySet()) {
            source.getValue().paths(api.shapes(), paths.computeIfAbsent(source.getKey(), name -> new TreeSet<>()));
        }
        columns.forEach((source, names) ->
                paths.computeIfAbsent(source, name -> new TreeSet<>()).addAll(names));
        return paths;
    }

    /**
     * True if there have been more fields than this reader tells apart. Which ones it does depends on all it has read, so
     * a new reader must read the day.
     */
    public boolean isCrowded() {
        return api.shapes().anyFull()
                || chartsJson.isCrowded()
                || plays != null && plays.isCrowded()
                || accountLists != null && accountLists.isCrowded();
    }
}

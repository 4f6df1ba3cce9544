package dev.chartlake.normalise.account;

import dev.chartlake.entry.Play;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.RowBuckets;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.text.Strings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a file of plays into a part for each history and UTC day, because a day is computed from its own raw objects alone.
 * A part is an array of the plays as they are written, byte for byte and in their order; so two exports that have all of a
 * day have the same bytes of it. Memory is bounded, whatever the size of the file. Used by one thread.
 */
public final class PlaySplitter implements Closeable {

    private static final long MAX_TEXTS = 8 << 20;
    private static final long DAY = 86_400_000_000L;
    private static final byte[] BEGIN = {'['};
    private static final byte[] END = {']'};

    /** Spotify did not exist before. */
    private static final Instant FIRST = Instant.parse("2006-01-01T00:00:00Z");

    private record Day(PlayHistory history, long day) {}

    private static final class Plays {
        private final int number;
        private long count;
        private long newest = Long.MIN_VALUE;

        Plays(int number) {
            this.number = number;
        }
    }

    private final PlaysReader reader = new PlaysReader(1 << 20);
    private final Redaction redaction = new Redaction();
    private final Redaction.Personal personal;
    private final Map<Day, Plays> days = new HashMap<>();
    private final Strings strings = new Strings();
    private RowBuckets buckets = new RowBuckets();
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    /** Splits files, and does with personal values what {@code personal} says. */
    public PlaySplitter(Redaction.Personal personal) {
        this.personal = personal;
    }

    /** How many personal values of the file split last were replaced. */
    public long replaced() {
        return redaction.replaced();
    }

    /** The time of the oldest play of the file split last. */
    public Instant oldest() {
        return Instant.EPOCH.plus(oldest, ChronoUnit.MICROS);
    }

    /** The time of the newest play of the file split last. */
    public Instant newest() {
        return Instant.EPOCH.plus(newest, ChronoUnit.MICROS);
    }

    /** Reads a file to its end. Its plays are kept until this is closed, or another file is split. */
    public List<Part> split(InputStream file) throws IOException {
        close();
        days.clear();
        oldest = Long.MAX_VALUE;
        newest = Long.MIN_VALUE;
        strings.clear();
        redaction.start();
        buckets = new RowBuckets();
        buckets.header(BEGIN, 0, BEGIN.length);
        reader.read(file, strings, this::add);
        List<Map.Entry<Day, Plays>> all = new ArrayList<>(days.entrySet());
        all.sort(Comparator.comparingInt(day -> RowBuckets.bucket(day.getValue().number)));
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<Day, Plays> day : all) {
            PlayHistory history = day.getKey().history();
            Plays plays = day.getValue();
            RowBuckets from = buckets;
            parts.add(new Part(
                    history.source(),
                    "json",
                    history.list(),
                    observedAt(plays.newest),
                    plays.count,
                    null,
                    null,
                    null,
                    (whole, to) -> copy(from, plays.number, to)));
        }
        return parts;
    }

    /** The time of the newest play; no later than 23:00, because other plays of the day need the seconds behind it. */
    private static Instant observedAt(long newest) {
        long last = Math.floorDiv(newest, DAY) * DAY + DAY / 24 * 23;
        return Instant.EPOCH.plus(Math.min(newest, last), ChronoUnit.MICROS);
    }

    private void add(Play play) throws IOException {
        Instant at = Instant.EPOCH.plus(play.playedAt, ChronoUnit.MICROS);
        if (at.isBefore(FIRST)) {
            throw new JsonException("play " + reader.count() + " is of " + at + ", when Spotify did not exist", -1);
        }
        long day = Math.floorDiv(play.playedAt, DAY);
        Plays plays = days.computeIfAbsent(new Day(reader.history(), day), any -> new Plays(days.size()));
        byte[] bytes = personal == Redaction.Personal.REPLACED ? redaction.of(reader.bytes()) : reader.bytes();
        byte[] row = new byte[bytes.length + 1];
        row[0] = ',';
        System.arraycopy(bytes, 0, row, 1, bytes.length);
        buckets.add(plays.number, row, plays.count == 0 ? 1 : 0, row.length);
        plays.count++;
        plays.newest = Math.max(plays.newest, play.playedAt);
        oldest = Math.min(oldest, play.playedAt);
        newest = Math.max(newest, play.playedAt);
        if (strings.memory() > MAX_TEXTS) {
            strings.clear();
        }
    }

    private static void copy(RowBuckets from, int number, OutputStream to) throws IOException {
        from.copy(number, to);
        to.write(END);
    }

    @Override
    public void close() throws IOException {
        buckets.close();
    }
}

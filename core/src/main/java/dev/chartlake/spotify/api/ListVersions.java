package dev.chartlake.spotify.api;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The version that a user's list had when it was last read whole, kept in the lake. While Spotify's {@code snapshot_id}, the
 * number of rows and the first rows are the same, its further pages need not be asked for: they are those of that snapshot.
 * Charts and Spotify's other own lists are never such: their {@code snapshot_id} is only a clock. After a week the pages are
 * asked for all the same, because popularity and the like change without another version.
 */
public final class ListVersions {

    private static final String ROOT = "_chartlake/versions/";
    private static final Duration WEEK = Duration.ofDays(7);

    private final ObjectStore store;
    private final Clock clock;

    public ListVersions(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A snapshot whose pages after the first are those of the list.
     *
     * @param raw the raw object
     * @param firstBytes how long its first answer is
     * @param size how long it is
     * @param rows how many rows it has
     */
    public record Known(RawKey raw, int firstBytes, long size, int rows) {}

    private static boolean isVersioned(Outline outline) {
        String version = outline.snapshotId();
        return version != null
                && version.matches("[\\x21-\\x7e]{1,500}")
                && outline.owner() != null
                && !"spotify".equals(outline.owner());
    }

    /** The snapshot that {@code first}, just received, continues with; empty if the list has to be read. */
    public Optional<Known> known(String list, Page first) throws IOException {
        if (!isVersioned(first.outline())) {
            return Optional.empty();
        }
        Optional<ObjectStore.Versioned> stored = store.read(ROOT + list + ".txt");
        return stored.isEmpty()
                ? Optional.empty()
                : parse(new String(stored.get().bytes(), StandardCharsets.UTF_8), first.outline());
    }

    private Optional<Known> parse(String text, Outline first) throws IOException {
        String[] lines = text.split("\n");
        if (lines.length != 7 || !lines[0].equals(first.snapshotId()) || !lines[1].equals(rows(first))) {
            return Optional.empty();
        }
        try {
            Optional<RawKey> raw = RawKey.parse(lines[3]);
            if (raw.isEmpty()
                    || Instant.parse(lines[2]).isBefore(clock.instant().minus(WEEK))) {
                return Optional.empty();
            }
            Known known = new Known(
                    raw.get(), Integer.parseInt(lines[4]), Long.parseLong(lines[5]), Integer.parseInt(lines[6]));
            return place(known).isPresent() ? Optional.of(known) : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Where the raw object is, if it is there as it was. */
    private Optional<String> place(Known known) throws IOException {
        for (RawState state : new RawState[] {RawState.PROCESSED, RawState.TO_PROCESS}) {
            String key = known.raw().in(state);
            if (store.find(key).filter(info -> info.size() == known.size()).isPresent()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes {@code first} and then the further pages of {@code known}, as a snapshot is written. Returns false if the raw
     * object was moved or deleted meanwhile; then what was written is of no use.
     */
    public boolean write(Page first, Known known, OutputStream out) throws IOException {
        Optional<String> place = place(known);
        if (place.isEmpty()) {
            return false;
        }
        out.write('[');
        out.write(first.answer().body());
        long skipped = 1L + known.firstBytes();
        try (InputStream in = store.open(place.get())) {
            in.skipNBytes(skipped);
            return in.transferTo(out) == known.size() - skipped;
        } catch (MissingObjectException e) {
            return false;
        }
    }

    /** Keeps what was read whole, if it is a list that has versions and several pages. */
    public void keep(String list, Page first, RawKey raw, long size, int rows) throws IOException {
        if (isVersioned(first.outline())) {
            String text = String.join(
                    "\n",
                    first.outline().snapshotId(),
                    rows(first.outline()),
                    clock.instant().toString(),
                    raw.path(),
                    "" + first.answer().body().length,
                    "" + size,
                    "" + rows);
            store.put(ROOT + list + ".txt", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What tells the first rows and the number of rows from others. */
    private static String rows(Outline outline) {
        Rows rows = outline.rows();
        return rows == null
                ? "none"
                : rows.total() + "-" + Integer.toHexString(rows.uris().hashCode());
    }
}

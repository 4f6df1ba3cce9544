package dev.chartlake.entry;

import dev.chartlake.text.Strings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one raw object says: the list's own metadata and its entries. Reused from object to object; texts are numbers of
 * the {@link Strings} given to {@link #clear}.
 */
public final class Snapshot {

    /** Gets entries as they are read, because there are too many to keep. */
    public interface EntrySink {
        /** Takes the entries that {@code snapshot} holds; afterwards they are forgotten. Throws if it cannot. */
        void accept(Snapshot snapshot) throws IOException;
    }

    /** As many as Spotify lets a list have; a longer document is read a second time, in pieces of this size. */
    public static final int MAX_KEPT = 10_000;

    public @Nullable String listId;
    public @Nullable String name;
    public @Nullable String ownerId;
    public @Nullable String ownerName;
    public @Nullable String description;
    public @Nullable String url;
    public @Nullable String imageUrl;
    public long followers;
    public @Nullable String spotifySnapshotId;
    public int total;

    private final List<Entry> entries = new ArrayList<>();
    private int size;
    private final long maxTexts;
    private Strings strings = new Strings();
    /** How many texts there were, and what they needed, when this piece began. */
    private int textsBefore;

    private long memoryBefore;
    private @Nullable EntrySink sink;
    private boolean incomplete;
    private int end;
    private @Nullable Boolean goesOn;
    private long read;
    private long repeated;
    private long unreadable;
    private String firstUnreadable = "";
    private final BitSet positions = new BitSet();

    /** The texts of a piece will need about {@code maxTexts} bytes of memory at most, but for its last entry's. */
    public Snapshot(long maxTexts) {
        this.maxTexts = maxTexts;
    }

    /**
     * Forgets everything. With a sink, entries go there in pieces; without one they are kept, and if they are more than a
     * piece the object is only checked and {@link #incomplete()}: its texts are forgotten again.
     */
    public void clear(Strings texts, @Nullable EntrySink entrySink) {
        strings = texts;
        startPiece();
        sink = entrySink;
        size = 0;
        incomplete = false;
        end = 0;
        goesOn = null;
        read = 0;
        repeated = 0;
        unreadable = 0;
        firstUnreadable = "";
        positions.clear();
        listId = null;
        name = null;
        ownerId = null;
        ownerName = null;
        description = null;
        url = null;
        imageUrl = null;
        followers = Entry.NO_LONG;
        spotifySnapshotId = null;
        total = Entry.NO_INT;
    }

    /** Where its texts are. */
    public Strings strings() {
        return strings;
    }

    /** How many entries are held. */
    public int size() {
        return size;
    }

    /** The entry at {@code index}, in the order of the document. */
    public Entry entry(int index) {
        return entries.get(index);
    }

    /** True if there were too many entries to keep them all. */
    public boolean incomplete() {
        return incomplete;
    }

    /** How many entries the document has. */
    public long read() {
        return read;
    }

    /**
     * Whether the document has as many entries as it says the list has, or if it does not say that, its last page names no
     * next one; null if it says neither.
     */
    public @Nullable Boolean complete() {
        if (total != Entry.NO_INT) {
            return read - repeated >= total;
        }
        return goesOn == null ? null : !goesOn;
    }

    /** Notes where a page of the list ends, and whether it names a next one; null if it does not say. */
    public void page(int at, @Nullable Boolean next) {
        if (at >= end) {
            end = at;
            goesOn = next;
        }
    }

    /** How many of them stand at a position that another one took before. */
    public long repeated() {
        return repeated;
    }

    /** How many values are null because they could not be read. */
    public long unreadable() {
        return unreadable;
    }

    /** Where the first of them stands, and what it is; empty if there is none. */
    public String firstUnreadable() {
        return firstUnreadable;
    }

    /** Counts values of the list itself that could not be read. */
    public void addUnreadable(Unreadable values) {
        addUnreadable(values, "");
    }

    private void addUnreadable(Unreadable values, String at) {
        if (values.count() > 0 && unreadable == 0) {
            firstUnreadable = at + values.first();
        }
        unreadable += values.count();
    }

    /** A cleared entry to fill. It belongs to the snapshot only after {@link #add}. */
    public Entry next() {
        if (size == entries.size()) {
            entries.add(new Entry());
        }
        Entry entry = entries.get(size);
        entry.clear();
        return entry;
    }

    /** Takes the entry that {@link #next()} gave. A position that is taken already is not given twice. */
    public void add(int position) throws IOException {
        read++;
        if (positions.get(position)) {
            repeated++;
            return;
        }
        positions.set(position);
        Entry entry = entries.get(size);
        entry.position = position;
        if (entry.unreadable != null) {
            addUnreadable(entry.unreadable, "position " + position + ": ");
        }
        if (entry.item.unreadable != null) {
            addUnreadable(entry.item.unreadable, "position " + position + ": ");
        }
        if (++size == MAX_KEPT + 1 || sink != null && size == MAX_KEPT || isFull()) {
            overflow();
        }
    }

    /**
     * Takes the entry that {@link #next()} gave, of a chart, on which songs can share a position. An entry at a position that
     * the same song has taken, or another one if this one has no uri to tell it by, is not given twice.
     */
    public void addTied(int position) throws IOException {
        int uri = entries.get(size).item.uri;
        boolean tied = positions.get(position) && uri != Strings.NULL;
        for (int i = size - 1; tied && i >= 0; i--) {
            Entry other = entries.get(i);
            tied = other.position != position || other.item.uri != uri;
        }
        if (tied) {
            positions.clear(position);
        }
        add(position);
    }

    private boolean isFull() {
        return strings.memory() - memoryBefore > maxTexts;
    }

    private void overflow() throws IOException {
        if (sink != null) {
            sink.accept(this);
        } else {
            incomplete = true;
            strings.clear(textsBefore);
        }
        size = 0;
        startPiece();
    }

    private void startPiece() {
        textsBefore = strings.count();
        memoryBefore = strings.memory();
    }

    /** Puts pages that came out of order in order, and hands the rest to the sink. */
    public void finish() throws IOException {
        for (int i = 1; i < size; i++) {
            if (entries.get(i).position < entries.get(i - 1).position) {
                entries.subList(0, size).sort(Comparator.comparingInt(entry -> entry.position));
                break;
            }
        }
        if (sink != null && size > 0) {
            overflow();
        }
    }
}

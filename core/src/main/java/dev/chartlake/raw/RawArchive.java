package dev.chartlake.raw;

import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts raw objects into a lake, each once. Any number of threads and processes may do so at the same time. */
public final class RawArchive {

    private static final int CHUNK = 1 << 16;

    private final ObjectStore store;

    /** Archives into {@code store}. */
    public RawArchive(ObjectStore store) {
        this.store = store;
    }

    /**
     * What became of an object.
     *
     * @param key the key it has, which may be some seconds after the one asked for
     * @param added false if the same bytes were there already
     */
    public record Archived(RawKey key, boolean added) {}

    /** Publishes {@code staged} as waiting; see {@link #archive(RawKey, Staged, RawState, Before)}. */
    public Archived archive(RawKey wanted, Staged staged) throws IOException {
        return archive(wanted, staged, RawState.TO_PROCESS, key -> {});
    }

    /** What is done when the key of a new object is known, before the object is published. */
    @FunctionalInterface
    public interface Before {
        /** The object gets this key, unless another process takes it first. */
        void publish(RawKey key) throws IOException;
    }

    /**
     * Publishes {@code staged} in {@code state}. Where another object of the same list and second exists in any state, equal
     * bytes are the same observation and nothing is added; other bytes are another observation and get the next free
     * second. {@code before} is called only if the object is new.
     */
    public Archived archive(RawKey wanted, Staged staged, RawState state, Before before) throws IOException {
        RawKey key = wanted;
        while (true) {
            Optional<ObjectInfo> there = find(key);
            if (there.isEmpty()) {
                before.publish(key);
                if (store.putNew(key.in(state), staged)) {
                    return new Archived(key, true);
                }
            } else if (sameBytes(there.get(), staged)) {
                return new Archived(key, false);
            } else {
                key = key.next();
            }
        }
    }

    /** True if the object at {@code key}, in any state, has the bytes of {@code staged}. */
    public boolean holds(RawKey key, Staged staged) throws IOException {
        Optional<ObjectInfo> there = find(key);
        return there.isPresent() && sameBytes(there.get(), staged);
    }

    /** What is in the lake of this list and second. */
    Optional<ObjectInfo> find(RawKey key) throws IOException {
        Optional<ObjectInfo> found = inAnyState(key);
        return found.isEmpty() && key.otherForm().isPresent()
                ? inAnyState(key.otherForm().get())
                : found;
    }

    /**
     * What is in the lake of each list and second, as {@link #find(RawKey)} says. Days that have nothing in a state are found
     * by listing its days, which comes after all questions about the states before, so that none slips past.
     */
    List<Optional<ObjectInfo>> find(List<RawKey> keys) throws IOException {
        List<Optional<ObjectInfo>> found = new ArrayList<>(Collections.nCopies(keys.size(), Optional.empty()));
        find(keys.stream().map(Optional::of).toList(), found);
        find(keys.stream().map(RawKey::otherForm).toList(), found);
        return found;
    }

    private void find(List<Optional<RawKey>> keys, List<Optional<ObjectInfo>> found) throws IOException {
        for (RawState state : RawState.values()) {
            Set<String> days =
                    keys.stream().allMatch(Optional::isEmpty) ? Set.of() : Set.copyOf(store.folders(state.prefix()));
            List<Integer> asked = new ArrayList<>();
            List<Request<Optional<ObjectInfo>>> requests = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                RawKey key = keys.get(i).orElse(null);
                if (key != null
                        && found.get(i).isEmpty()
                        && days.contains(key.date().toString())) {
                    asked.add(i);
                    requests.add(() -> store.find(key.in(state)));
                }
            }
            List<Optional<ObjectInfo>> answers = store.all(requests);
            for (int i = 0; i < asked.size(); i++) {
                found.set(asked.get(i), answers.get(i));
            }
        }
    }

    /** The states are asked in the order in which an object passes through them, so that none slips past. */
    private Optional<ObjectInfo> inAnyState(RawKey key) throws IOException {
        for (RawState state : RawState.values()) {
            Optional<ObjectInfo> found = store.find(key.in(state));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** True if the object has the bytes of {@code staged}. */
    boolean sameBytes(ObjectInfo there, Staged staged) throws IOException {
        try (InputStream a = store.open(there.key());
                InputStream b = staged.in()) {
            return sameBytes(a, b);
        } catch (MissingObjectException e) {
            return false; // it has just been moved on; the next look finds it in its new state
        }
    }

    /** True if both have the same bytes. */
    static boolean sameBytes(Staged one, Staged other) throws IOException {
        try (InputStream a = one.in();
                InputStream b = other.in()) {
            return sameBytes(a, b);
        }
    }

    private static boolean sameBytes(InputStream a, InputStream b) throws IOException {
        while (true) {
            byte[] x = a.readNBytes(CHUNK);
            if (!Arrays.equals(x, b.readNBytes(CHUNK))) {
                return false;
            }
            if (x.length == 0) {
                return true;
            }
        }
    }
}

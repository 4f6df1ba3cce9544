package dev.chartlake.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of a lake, addressed by keys such as {@code raw_data/processed/…}.
 *
 * <p>Lifecycle: open once per lake and process, use from any number of threads. Writes are atomic (a reader sees the
 * old object or the new one, never a part) and durable when the call returns. All methods throw {@link IOException} when
 * the store cannot be reached; an object that is not there is a {@link MissingObjectException} or an empty result, never
 * confused with that. Repeating a call after a failure is always safe.
 */
public interface ObjectStore {

    /** Objects of up to so many bytes hold nothing when {@link #begin} has opened them, and nobody reads or closes them. */
    long SMALL = 1 << 20;

    /** What a listing or message calls this store, such as a path or URI. Holds no secret. */
    String name();

    /** All objects whose key starts with {@code prefix} (a folder with a trailing slash), sorted by key. */
    List<ObjectInfo> list(String prefix) throws IOException;

    /** The names of the folders directly below {@code prefix}, sorted. */
    List<String> folders(String prefix) throws IOException;

    /** The objects directly below {@code prefix}, not in its folders, sorted by key. */
    List<ObjectInfo> files(String prefix) throws IOException;

    /** The last {@code most} of {@link #files} of which {@code named} is true, asked for their names without the prefix. */
    default List<ObjectInfo> lastFiles(String prefix, Predicate<String> named, int most) throws IOException {
        List<ObjectInfo> such = files(prefix).stream()
                .filter(info -> named.test(info.key().substring(prefix.length())))
                .toList();
        return such.subList(Math.max(0, such.size() - most), such.size());
    }

    /** Tells of any number of objects below {@code prefix} whether they are there; of the time of this call, or of later. */
    default Existing existing(String prefix) throws IOException {
        Set<String> keys = new HashSet<>();
        list(prefix).forEach(info -> keys.add(info.key()));
        return keys::contains;
    }

    /** Tells whether an object is there. */
    @FunctionalInterface
    interface Existing {
        boolean has(String key) throws IOException;
    }

    /** An object's size and time, or empty if it is not there. */
    Optional<ObjectInfo> find(String key) throws IOException;

    /** Opens an object for reading. Throws {@link MissingObjectException} if it is not there. */
    InputStream open(String key) throws IOException;

    /** A whole small object with its version, or empty if it is not there. */
    Optional<Versioned> read(String key) throws IOException;

    /** Writes an object, replacing what is there. */
    void put(String key, byte[] bytes) throws IOException;

    /** Starts an object of any size that becomes visible only when it is committed. */
    Staged stage() throws IOException;

    /** As {@link #stage()}, for an object whose bytes are all there. The array must not change any more. */
    default Staged stage(byte[] bytes) throws IOException {
        Staged staged = stage();
        try {
            staged.out().write(bytes);
            staged.out().close();
            return staged;
        } catch (IOException e) {
            staged.close();
            throw e;
        }
    }

    /**
     * Publishes staged objects at their keys, deletes {@code obsolete}, and then writes {@code manifest} if its version
     * is still {@code expected} (null: it must not exist). A name in {@code obsolete} that ends with a slash is a folder:
     * what is directly in it and not published is deleted.
     *
     * @return false if the version had changed: then nothing is published, or others that publish at the same time
     *     replace it. Whoever computes anew and commits again puts all right in any case
     */
    boolean commit(
            List<Publish> parts, Set<String> obsolete, String manifestKey, byte[] manifest, @Nullable String expected)
            throws IOException;

    /**
     * Begins a request that does not depend on what follows. Stores that answer after a while do it at the same time; the
     * others when its reply is asked for.
     */
    default <T> Reply<T> begin(Request<T> request) {
        return request::send;
    }

    /** Does all requests as {@link #begin} does, and returns what they return, in their order. */
    default <T> List<T> all(List<Request<T>> requests) throws IOException {
        List<Reply<T>> replies = requests.stream().map(this::begin).toList();
        List<T> all = new ArrayList<>();
        for (Reply<T> reply : replies) {
            all.add(reply.get());
        }
        return all;
    }

    /** Publishes one staged object if nothing is at {@code key}; returns false and leaves it unpublished otherwise. */
    boolean putNew(String key, Staged staged) throws IOException;

    /**
     * Publishes each object as {@link #putNew(String, Staged)} does, and returns for each whether it did. Sooner than one
     * after the other, because the waiting is done together. After a failure, any of them can be published.
     */
    default List<Boolean> putNew(List<Publish> objects) throws IOException {
        List<Request<Boolean>> requests = new ArrayList<>();
        objects.forEach(object -> requests.add(() -> putNew(object.key(), object.staged())));
        return all(requests);
    }

    /**
     * Moves {@code names}, the keys below {@code from}, to the same names below {@code to}, replacing what is there.
     * Objects that are below {@code from} but not named stay there. Interrupted, it can be repeated.
     */
    void move(String from, String to, Set<String> names) throws IOException;

    /** Deletes an object; nothing happens if it is not there. */
    void delete(String key) throws IOException;

    /**
     * Deletes objects, all of them below {@code root} (a folder with a trailing slash), and the folders below it that become
     * empty. Those that are not there do not matter. Interrupted, it can be repeated.
     */
    default void deleteAll(String root, Collection<String> keys) throws IOException {
        List<Request<Boolean>> requests = new ArrayList<>();
        for (String key : keys) {
            requests.add(() -> {
                delete(key);
                return true;
            });
        }
        all(requests);
    }

    /**
     * Takes back a {@link #commit}: deletes the manifest, if its version is still {@code expected} (null: it does not exist),
     * and then {@code parts}. Readers that hold {@link #shared} see all of it or nothing, if the store can do that.
     * Interrupted, parts can be left that no manifest names; repeated, they are deleted.
     *
     * @param root a folder with a trailing slash, which all parts are below; folders below it that become empty are deleted
     * @return false if the version had changed: then nothing is deleted
     */
    default boolean retract(String root, Collection<String> parts, String manifestKey, @Nullable String expected)
            throws IOException {
        String current = read(manifestKey).map(Versioned::version).orElse(null);
        if (!Objects.equals(current, expected)) {
            return false;
        }
        delete(manifestKey);
        deleteAll(root, parts);
        return true;
    }

    /**
     * Keeps commits out while held, so that several objects are read in one state, if the store can do that: files can, S3
     * cannot and holds nothing. Then parts may be newer than their manifest, and its sizes and checksums tell.
     */
    Closeable shared() throws IOException;

    /**
     * Keeps every other process that asks for the same name waiting until it is closed or its process ends, or soon after
     * that. It saves double work; no result may depend on it. Of {@link #committing} it also keeps commits waiting, if the
     * store can do that.
     */
    Exclusive exclusive(String name) throws IOException;

    /** The name that keeps others from committing this manifest while it is held. */
    static String committing(String manifestKey) {
        return "commit/" + manifestKey;
    }

    /** What others wait for until it is closed. */
    @FunctionalInterface
    interface Exclusive extends Closeable {
        /** False if it was free at once, so that what was asked for at the same time is as new as if it had been held. */
        default boolean waited() {
            return true;
        }
    }

    /** What is asked of a store, in one call or several. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException;
    }

    /** What comes of a request. */
    @FunctionalInterface
    interface Reply<T> {
        /** Waits for it; throws what the request has thrown. To be called once. */
        T get() throws IOException;
    }

    /** An object's bytes and the version that identifies them. */
    record Versioned(byte[] bytes, String version) {}

    /** A staged object and the key it gets. */
    record Publish(Staged staged, String key) {}

    /** An object being written. Closing it before it is published discards it. Used by one thread. */
    interface Staged extends Closeable {
        /** Where its bytes go; close it before publishing. */
        OutputStream out();

        /** Reads the bytes written so far; only while unpublished. */
        InputStream in() throws IOException;

        /** Discards the bytes unless they were published. */
        @Override
        void close() throws IOException;
    }
}

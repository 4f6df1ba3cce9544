package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Body;
import dev.chartlake.aws.s3.S3Requests.Condition;
import dev.chartlake.http.Pause;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A lake on S3, or on a server that speaks its protocol and has conditional writes. An object's version is its ETag.
 *
 * <p>A commit takes a lease on its manifest, compares the manifest's version, writes the parts, each only over what it
 * saw there, and then the manifest, only over the expected one. So of two commits of a day one wins, whatever becomes of
 * the lease. A reader may see parts that are newer than their manifest: the manifest's sizes and checksums tell.
 */
public final class S3Store implements ObjectStore {

    /** What one request can carry, and how large parts are beyond that: 10,000 of them are allowed. */
    static final long SINGLE = 5L << 30;

    private static final long PART = 512L << 20;

    private final S3Objects objects;
    private final Duration lease;
    private final long single;
    private final S3Large large;

    /** Leases that users of this lake hold, by name: a commit needs no other one. */
    private final Map<String, S3Lease> held = new ConcurrentHashMap<>();

    /** A lake that {@code client} can reach. The client stays the caller's to close. */
    public S3Store(S3Client client, S3Address address) {
        this(client, address, S3Lease.USUAL, SINGLE, PART);
    }

    S3Store(S3Client client, S3Address address, Duration lease, long single, long part) {
        this(new SdkRequests(client, address.bucket()), address, lease, single, part);
    }

    S3Store(S3Requests requests, S3Address address, Duration lease, long single, long part) {
        this.objects = new S3Objects(requests, address);
        this.lease = lease;
        this.single = single;
        this.large = new S3Large(objects, part);
    }

    /**
     * The lake at {@code s3://bucket/prefix}, with region, credentials and endpoint as the environment and the AWS
     * configuration say. Asks nobody yet.
     *
     * @throws dev.chartlake.store.StoreException if there is no region
     * @throws IllegalArgumentException if it is no address
     */
    public static S3Store at(String address) throws IOException {
        return new S3Store(S3Clients.open(), S3Address.parse(address));
    }

    /**
     * The same for a function, which starts and works several times faster where these environment variables say all that is
     * needed: it does without the SDK's client then.
     *
     * @throws dev.chartlake.store.StoreException if there is no region
     * @throws IllegalArgumentException if it is no address
     */
    public static S3Store inFunction(String address, Map<String, String> environment) throws IOException {
        S3Address parsed = S3Address.parse(address);
        Optional<RestEndpoint> endpoint = RestEndpoint.of(parsed.bucket(), environment);
        return endpoint.isEmpty()
                ? at(address)
                : new S3Store(new RestRequests(endpoint.get(), Pause.REAL), parsed, S3Lease.USUAL, SINGLE, PART);
    }

    @Override
    public <T> Reply<T> begin(Request<T> request) {
        return Parallel.begin(request);
    }

    @Override
    public String name() {
        return objects.address().toString();
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws IOException {
        return sorted(objects.objects(prefix, ""));
    }

    @Override
    public List<ObjectInfo> files(String prefix) throws IOException {
        return sorted(objects.objects(prefix, "/"));
    }

    /** S3 sorts by bytes of UTF-8, which is another order beyond the basic plane. */
    private static List<ObjectInfo> sorted(List<ObjectInfo> found) {
        found.sort(Comparator.comparing(ObjectInfo::key));
        return found;
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        Set<String> names = new TreeSet<>();
        int skip = objects.path(prefix).length();
        objects.list(
                prefix,
                "/",
                page -> page.folders().forEach(folder -> names.add(folder.substring(skip, folder.length() - 1))));
        return new ArrayList<>(names);
    }

    @Override
    public Optional<ObjectInfo> find(String key) throws IOException {
        return objects.look(key).map(seen -> new ObjectInfo(key, seen.size(), seen.modifiedAt(), seen.version()));
    }

    @Override
    public InputStream open(String key) throws IOException {
        return objects.open(key);
    }

    @Override
    public Optional<Versioned> read(String key) throws IOException {
        return objects.read(key);
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        objects.put(key, Body.of(bytes), Condition.NONE);
    }

    @Override
    public Staged stage() throws IOException {
        return new S3Staged();
    }

    @Override
    public boolean putNew(String key, Staged staged) throws IOException {
        return publish(key, (S3Staged) staged, null);
    }

    /** Uploads it if the version at {@code key} is {@code expected}, or if nothing is there for null. */
    private boolean publish(String key, S3Staged staged, @Nullable String expected) throws IOException {
        if (staged.size() > single) {
            return large.put(key, staged, Condition.expecting(expected)).isPresent();
        }
        long size = staged.size();
        Body body = new Body(() -> staged.in(0, size), size, staged.checksum());
        return objects.put(key, body, Condition.expecting(expected)).isPresent();
    }

    @Override
    public boolean commit(
            List<Publish> parts, Set<String> obsolete, String manifestKey, byte[] manifest, @Nullable String expected)
            throws IOException {
        objects.path(manifestKey);
        // Parts are looked at before the manifest is: so what another commit has written since is not overwritten.
        Reply<S3Partitions> looking = begin(() -> S3Partitions.look(this, parts, obsolete));
        String name = ObjectStore.committing(manifestKey);
        @Nullable S3Lease mine = held.get(name);
        if (mine != null) {
            mine.regain();
            return commit(mine, looking.get(), parts, manifestKey, manifest, expected);
        }
        try (S3Lease alone = take(name)) {
            return commit(alone, looking.get(), parts, manifestKey, manifest, expected);
        }
    }

    private boolean commit(
            S3Lease alone,
            S3Partitions before,
            List<Publish> parts,
            String manifestKey,
            byte[] manifest,
            @Nullable String expected)
            throws IOException {
        @Nullable String current = objects.look(manifestKey).map(S3Requests.Seen::version).orElse(null);
        if (!Objects.equals(current, expected)) {
            return false;
        }
        Reply<Boolean> named = begin(() -> delete(before.named()));
        AtomicBoolean alive = new AtomicBoolean(true);
        Parallel.each(parts, part -> {
            if (alive.get()
                    && !(alone.isHeld() && publish(part.key(), (S3Staged) part.staged(), before.version(part.key())))) {
                alive.set(false);
            }
        });
        named.get();
        if (!alive.get()) {
            return false; // somebody else commits the same day: computed again, it replaces all of its parts
        }
        delete(before.left());
        return objects.putIf(manifestKey, manifest, expected).isPresent() || isThere(manifestKey, manifest);
    }

    private boolean delete(Set<String> keys) throws IOException {
        Parallel.each(keys, objects::delete);
        return true;
    }

    /** A write whose answer was lost is refused when it is repeated, because it is there. */
    private boolean isThere(String key, byte[] bytes) throws IOException {
        return objects.read(key)
                .filter(there -> Arrays.equals(there.bytes(), bytes))
                .isPresent();
    }

    /** A function that commits the same day waits. */
    @Override
    public boolean retract(String root, Collection<String> parts, String manifestKey, @Nullable String expected)
            throws IOException {
        try (Exclusive alone = exclusive(ObjectStore.committing(manifestKey))) {
            return ObjectStore.super.retract(root, parts, manifestKey, expected);
        }
    }

    /** Copies and then deletes, object by object: interrupted, some are in both places, and none in neither. */
    @Override
    public void move(String from, String to, Set<String> names) throws IOException {
        objects.path(from);
        objects.path(to);
        Parallel.each(names, name -> {
            if (copy(from + name, to + name)) {
                objects.delete(from + name);
            }
        });
    }

    /** False if it is gone, because somebody else has moved it. */
    private boolean copy(String from, String to) throws IOException {
        if (objects.copy(from, to)) {
            return true;
        }
        Optional<S3Requests.Seen> seen = objects.look(from);
        if (seen.isEmpty()) {
            return false;
        }
        try {
            large.copy(from, to, seen.get().size());
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    @Override
    public void delete(String key) throws IOException {
        objects.delete(key);
    }

    /** Holds nothing: there are no locks on S3. */
    @Override
    public Closeable shared() {
        return () -> {};
    }

    @Override
    public Exclusive exclusive(String name) throws IOException {
        S3Lease taken = take(name);
        held.put(name, taken);
        return new Exclusive() {
            @Override
            public boolean waited() {
                return taken.waited();
            }

            @Override
            public void close() throws IOException {
                held.remove(name, taken);
                taken.close();
            }
        };
    }

    private S3Lease take(String name) throws IOException {
        return S3Lease.take(objects, "_chartlake/" + name + ".lease", lease);
    }
}

package dev.chartlake.aws.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others from doing the same work at the same time, for as long as its holder renews it: an object that only one
 * can write. It is old by S3's own clock, so the clocks of machines do not matter. A holder that is killed keeps the
 * others waiting until the lease is old; one that is held up for longer than that has lost it without noticing. So it
 * saves work and never decides: that, the conditional manifest does.
 */
final class S3Lease implements Closeable {

    /** How long the others wait for a holder that was killed. */
    static final Duration USUAL = Duration.ofSeconds(30);

    private static final int RENEWALS = 3;
    private static final int PERMITS = 1;
    private static final long FIRST_POLL = 50;
    private static final long LAST_POLL = 1_000;

    /** Threads of this process wait for each other here, without asking S3. */
    private static final Map<String, Semaphore> HERE = new ConcurrentHashMap<>();

    private static final ScheduledExecutorService RENEWING = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "s3-leases");
        thread.setDaemon(true);
        return thread;
    });

    private final S3Objects objects;
    private final String key;
    private final Duration length;
    private final String holder = ProcessHandle.current().pid() + " " + UUID.randomUUID() + " ";
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore here;
    private @Nullable String version;
    private long renewed;
    private long renewals;
    private volatile boolean waited;
    private volatile @Nullable ScheduledFuture<?> renewing;

    private S3Lease(S3Objects objects, String key, Duration length, Semaphore here) {
        this.objects = objects;
        this.key = key;
        this.length = length;
        this.here = here;
    }

    /** Waits until nobody else has it. */
    static S3Lease take(S3Objects objects, String key, Duration length) throws IOException {
        Semaphore here = HERE.computeIfAbsent(objects.uri(key), uri -> new Semaphore(PERMITS, true));
        boolean free = here.tryAcquire();
        if (!free) {
            here.acquireUninterruptibly();
        }
        S3Lease lease = new S3Lease(objects, key, length, here);
        lease.waited = !free;
        try {
            lease.take();
            return lease;
        } catch (IOException | RuntimeException e) {
            here.release();
            throw e;
        }
    }

    private void take() throws IOException {
        long poll = FIRST_POLL;
        while (!write(null)) {
            waited = true;
            Optional<S3Requests.Seen> other = objects.look(key);
            if (other.isEmpty()) {
                continue;
            }
            Instant old = other.get().modifiedAt().plus(length);
            if (!other.get().seenAt().isBefore(old) && write(other.get().version())) {
                break;
            }
            sleep(poll + ThreadLocalRandom.current().nextLong(poll));
            poll = Math.min(LAST_POLL, poll * 2);
        }
        long every = length.toMillis() / RENEWALS;
        renewing = RENEWING.scheduleAtFixedRate(this::renew, every, every, TimeUnit.MILLISECONDS);
    }

    /** Takes it again if it was lost meanwhile. */
    void regain() throws IOException {
        if (!isHeld()) {
            if (renewing != null) {
                renewing.cancel(false);
            }
            take();
        }
    }

    /** True if somebody else had it when it was asked for. */
    boolean waited() {
        return waited;
    }

    private static void sleep(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while another process was at work on the lake");
        }
    }

    /** Writes the lease if its version is {@code expected}, or if there is none for null. */
    private synchronized boolean write(@Nullable String expected) throws IOException {
        long now = System.nanoTime();
        Optional<String> written = objects.putIf(
                key, (holder + renewals++ + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII), expected);
        written.ifPresent(mine -> {
            version = mine;
            renewed = now;
        });
        return written.isPresent();
    }

    private synchronized void renew() {
        try {
            if (!closed.get() && version != null && !write(version)) {
                version = null; // somebody else has it
            }
        } catch (IOException | RuntimeException e) {
            // The next renewal tries again; when it is too late, nobody is harmed.
        }
    }

    /** True while nobody else can have it, as far as this process knows. */
    synchronized boolean isHeld() {
        return version != null && System.nanoTime() - renewed < length.toNanos();
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (renewing != null) {
                renewing.cancel(false);
            }
            synchronized (this) {
                if (isHeld()) {
                    objects.delete(key);
                }
            }
        } finally {
            here.release();
        }
    }
}

package dev.chartlake.spotify.auth;

import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A sign-in that came from the environment: it is stored nowhere, and a new token counts for this process alone. */
public final class MemoryTokenStore implements TokenStore {

    private final String name;
    private final String cure;
    private final Semaphore one = new Semaphore(1);
    private @Nullable Consent consent;

    /** {@code name} and {@code cure} are for messages. */
    public MemoryTokenStore(Consent consent, String name, String cure) {
        this.consent = consent;
        this.name = name;
        this.cure = cure;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String cure() {
        return cure;
    }

    @Override
    public synchronized Optional<Consent> read() {
        return Optional.ofNullable(consent);
    }

    @Override
    public synchronized void write(Consent other) {
        consent = other;
    }

    @Override
    public synchronized boolean delete() {
        boolean was = consent != null;
        consent = null;
        return was;
    }

    @Override
    public Closeable lock() {
        one.acquireUninterruptibly();
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                one.release();
            }
        };
    }
}

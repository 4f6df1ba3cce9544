package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.TokenStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} promises. */
public abstract class TokenStoreContract {

    private static final int THREADS = 4;
    private static final int ROUNDS = 25;

    /** A store in which {@code consent} is kept. */
    protected abstract TokenStore store(Consent consent) throws IOException;

    private static Consent consent(String token) {
        return new Consent(
                "app",
                "https://accounts.example",
                "bjørk",
                "Bjørk \"B\" \uD83C\uDFB8",
                "one two",
                Instant.parse("2026-06-18T07:00:00Z"),
                token);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        TokenStore store = store(consent("first"));
        assertThat(store.read()).contains(consent("first"));
        store.write(consent("second"));
        assertThat(store.read()).contains(consent("second"));
        assertThat(store.name()).isNotBlank();
        assertThat(store.cure()).contains("./chartlake login");
    }

    @Test
    void whatIsDeletedIsGone() throws IOException {
        TokenStore store = store(consent("first"));
        assertThat(store.delete()).isTrue();
        assertThat(store.read()).isEmpty();
        assertThat(store.delete()).isFalse();
        store.write(consent("again"));
        assertThat(store.read()).contains(consent("again"));
    }

    /** Each adds one to what it reads, as a refresh replaces the token that it reads. */
    @Test
    void noneIsLostBetweenThreadsThatHoldTheLock() throws Exception {
        TokenStore store = store(consent("0"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        try (Closeable lock = store.lock()) {
                            int before =
                                    Integer.parseInt(store.read().orElseThrow().refreshToken());
                            store.write(consent(Integer.toString(before + 1)));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.read().orElseThrow().refreshToken()).isEqualTo(Integer.toString(THREADS * ROUNDS));
    }

    @Test
    void nothingThatIsPrintedHoldsTheToken() throws IOException {
        TokenStore store = store(consent("s3cret-token"));
        assertThat(store + " " + store.read() + " " + store.name() + store.cure())
                .doesNotContain("s3cret-token");
    }
}

package dev.chartlake.app.lake;

import dev.chartlake.app.settings.Environment;
import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.copy.LakeCopy;
import dev.chartlake.duckdb.compaction.Compaction;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.Manifest;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A lake that is not on this machine. What queries read of it is kept as a copy in the user's cache. */
public final class RemoteLake {

    private static final String CACHE = "CHARTLAKE_CACHE";
    private static final int NAME_BYTES = 8;

    /** How often a copy that is served is brought up to date. */
    static final Duration REFRESH = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final LakeCopy copy;

    /** Reads {@code store} by its copy. */
    public RemoteLake(ObjectStore store, LakeCopy copy) {
        this.store = store;
        this.copy = copy;
    }

    /** Asks nobody yet. Throws {@link Failure} if {@code where} is no address. */
    static RemoteLake open(String where) throws IOException {
        try {
            ObjectStore store = S3Store.at(where);
            return new RemoteLake(store, new LakeCopy(store, folder(Environment.variables(), store.name())));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    ObjectStore store() {
        return store;
    }

    /** Where the copy of a lake is. Lakes of the same name on different servers have different ones. */
    static Path folder(Map<String, String> environment, String lake) {
        String endpoint =
                environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((lake + " " + endpoint).getBytes(StandardCharsets.UTF_8));
            return cache(environment).resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path cache(Map<String, String> environment) {
        String own = environment.getOrDefault(CACHE, "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        return caches.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".cache", "chartlake")
                : Path.of(caches, "chartlake");
    }

    /**
     * The copy as the lake is now. Throws {@link Failure} if a day of the lake is not as it was committed and the copy has
     * nothing of it: to leave it out would be a wrong answer.
     */
    public LocalStore refreshed() throws IOException {
        ProgressLine progress = new ProgressLine(System.err, "Copying from S3");
        LakeCopy.Refreshed refreshed = copy.refresh(progress::at);
        progress.end();
        tell(refreshed.stale());
        Compacting.run(copy.store());
        return copy.store();
    }

    private void tell(List<LakeCopy.Stale> stale) {
        List<LakeCopy.Stale> missing =
                stale.stream().filter(day -> !day.older()).toList();
        if (!missing.isEmpty()) {
            throw new Failure(ExitCode.SOME_FAILED, cure(missing));
        }
        if (!stale.isEmpty()) {
            String read = stale.size() == 1 ? "it is read as it was" : "they are read as they were";
            System.err.println(cure(stale) + " Until then " + read + " before.");
        }
    }

    /** What is wrong with the first of these days, and the command that makes them again. */
    private String cure(List<LakeCopy.Stale> days) {
        LakeCopy.Stale first = days.get(0);
        String one = "Day " + first.date() + " is not as it was committed: " + first.problem() + ".";
        return days.size() == 1
                ? one + " Run "
                        + Hint.command("transform --all --since " + first.date() + " --until " + first.date(), store)
                        + "."
                : one + " So " + (days.size() == 2 ? "is one other day" : "are " + (days.size() - 1) + " other days")
                        + ". Run " + Hint.command("transform", store) + ".";
    }

    /**
     * Looks for new days now and then until what comes back is closed, which waits for a look under way. Says once when that
     * fails, and again when it works.
     */
    public Refreshing keepRefreshed(Duration every) {
        return new Refreshing(every);
    }

    /** Keeps the copy up to date in a thread that does not keep the process alive. */
    public final class Refreshing implements Closeable {

        private final CountDownLatch closing = new CountDownLatch(1);
        private final Thread thread;

        private Refreshing(Duration every) {
            thread = new Thread(() -> run(every), "copy");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(Duration every) {
            boolean failing = false;
            while (!isClosing(every)) {
                try {
                    copy.refresh((done, of) -> {});
                    new Compaction(copy.store()).run((done, of) -> {});
                    if (failing) {
                        System.err.println("The copy of " + store.name() + " is up to date again.");
                    }
                    failing = false;
                } catch (IOException | RuntimeException e) {
                    if (!failing) {
                        System.err.println("Not up to date: " + ErrorText.of(e));
                    }
                    failing = true;
                }
            }
        }

        private boolean isClosing(Duration within) {
            try {
                return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            closing.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while a copy was brought up to date");
            }
        }
    }

    /** Manifests come from the copy, all else from the lake. What looks wrong may be a commit under way: it looks again. */
    public LakeStatus status(QualityRules rules) throws IOException {
        LakeStatus status = look(rules);
        return status.problems().isEmpty() ? status : look(rules);
    }

    /** Days that the copy does not have as they are in the lake are read there. */
    private LakeStatus look(QualityRules rules) throws IOException {
        Set<String> stale = copy.refresh((done, of) -> {}).stale().stream()
                .map(day -> Manifest.key(day.date()))
                .collect(Collectors.toSet());
        return LakeStatus.of(
                store,
                key -> stale.contains(key) ? store.read(key) : copy.store().read(key),
                rules);
    }
}

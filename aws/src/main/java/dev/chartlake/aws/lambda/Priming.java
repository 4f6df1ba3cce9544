package dev.chartlake.aws.lambda;

import dev.chartlake.format.TableFormat;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Reply;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does everything once while Lambda sets a function up, which it gives more processor time for than an invocation: so the
 * first invocation finds all classes loaded, and so does the image that SnapStart takes.
 */
final class Priming {

    private static final RawKey KEY =
            new RawKey(RawKey.WEB_API, "0000000000000000000000", Instant.parse("2026-01-01T12:00:00Z"), "json");

    private static final String PAGE = """
            [{"items":[{"added_at":"2026-01-01T00:00:00Z","track":{"id":"0000000000000000000001","name":"A song",
            "uri":"spotify:track:0000000000000000000001","type":"track","duration_ms":1000,"popularity":1,
            "artists":[{"id":"0000000000000000000002","name":"A band"}],
            "album":{"id":"0000000000000000000003","name":"An album","artists":[{"id":"0000000000000000000002","name":"A band"}]}
            }}],"next":null,"total":1,"limit":50,"offset":0}]
            """;

    private Priming() {}

    /** False where a test makes a function. */
    private static boolean isLambda() {
        return System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE") != null;
    }

    /**
     * Asks {@code store} all that a run may ask, so that its client has what it needs, many at a time. What the answers are
     * does not matter. Writes nothing.
     */
    static void store(ObjectStore store) {
        if (!isLambda()) {
            return;
        }
        String waiting = RawState.TO_PROCESS.prefix() + KEY.date() + "/";
        List<Request<?>> requests = List.of(
                () -> store.list(waiting),
                () -> store.read(KEY.in(RawState.TO_PROCESS)),
                () -> store.find(KEY.in(RawState.TO_PROCESS)),
                () -> {
                    store.move(waiting, RawState.PROCESSED.prefix() + KEY.date() + "/", Set.of("none"));
                    return waiting;
                });
        List<Reply<?>> replies = new ArrayList<>();
        requests.forEach(request -> replies.add(store.begin(request)));
        for (Reply<?> reply : replies) {
            try {
                reply.get();
            } catch (IOException | RuntimeException e) {
                System.out.println("Not primed: " + e);
            }
        }
    }

    /** Begins to transform a day of one entry in a temporary folder; the thread ends when that is done. */
    static Thread transform(TableFormat format) {
        Thread thread = new Thread(() -> dayInFolder(format), "priming");
        if (isLambda()) {
            thread.start();
        }
        return thread;
    }

    private static void dayInFolder(TableFormat format) {
        try {
            Path folder = Files.createTempDirectory("priming");
            day(new LocalStore(folder), format);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("Not primed: " + e);
        }
    }

    /** Waits for its end, so that SnapStart's image is of a function at rest. */
    static void await(Thread priming) {
        try {
            priming.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Transforms a day of one entry in an empty store. */
    static TransformResult day(ObjectStore empty, TableFormat format) throws IOException {
        empty.put(KEY.in(RawState.TO_PROCESS), PAGE.getBytes(StandardCharsets.UTF_8));
        return new Transformer(empty, format, 1, Runtime.getRuntime().maxMemory() / 2)
                .run(List.of(KEY.date()), (done, of) -> {});
    }
}

package dev.chartlake.aws.lambda;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.table.TableFormat;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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

    /** Asks {@code store} for an object, so that its client has all it needs. Whether there is an answer does not matter. */
    static void store(ObjectStore store) {
        if (isLambda()) {
            try {
                store.list(RawState.TO_PROCESS.prefix() + "0000-01-01/");
                store.find(KEY.in(RawState.TO_PROCESS));
            } catch (IOException | RuntimeException e) {
                System.out.println("Not primed: " + e);
            }
        }
    }

    /** Asks {@code store}, and transforms a day of one entry in a temporary folder. */
    static void transform(ObjectStore store, TableFormat format) {
        store(store);
        if (isLambda()) {
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
    }

    /** Transforms a day of one entry in an empty store. */
    static Transformer.Result day(ObjectStore empty, TableFormat format) throws IOException {
        empty.put(KEY.in(RawState.TO_PROCESS), PAGE.getBytes(StandardCharsets.UTF_8));
        return new Transformer(empty, format, 1, Runtime.getRuntime().maxMemory() / 2)
                .run(List.of(KEY.date()), (day, done, of) -> {});
    }
}

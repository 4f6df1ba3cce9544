package dev.chartlake.aws.lambda;

import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions within this process, and what they print. */
final class Harness {

    static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final LakeAddress LAKE = LakeAddress.parse("s3://charts/of/mine/");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ObjectStore store;
    private final Map<String, String> environment = new HashMap<>();

    Harness(ObjectStore store) {
        this.store = store;
    }

    Harness with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    private Log log() {
        return new Log(new PrintStream(printed, true, StandardCharsets.UTF_8), LAKE.text(), CLOCK);
    }

    TransformFunction transform() {
        return new TransformFunction(store, LAKE, new ParquetFormat(), log());
    }

    ExtractFunction extract() {
        return new ExtractFunction(store, settings(), new Secrets(Optional.empty(), CLOCK), CLOCK, log());
    }

    HttpFunction http() {
        return new HttpFunction(store, settings(), new Secrets(Optional.empty(), CLOCK), CLOCK, log());
    }

    private LambdaSettings settings() {
        return new LambdaSettings(Map.copyOf(environment));
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The sum of a metric over all lines printed. */
    long measured(String metric) {
        return printed()
                .lines()
                .filter(line -> line.startsWith("{\"_aws\""))
                .map(line -> Json.object(Json.read(line)).get(metric))
                .filter(Number.class::isInstance)
                .mapToLong(value -> ((Number) value).longValue())
                .sum();
    }

    /** A batch of notifications for objects of this lake. */
    static String arrived(List<String> keys) {
        return Events.arrived(
                "charts", keys.stream().map(key -> "of/mine/" + key).toList());
    }
}

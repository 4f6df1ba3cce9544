package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** How many requests the transform of a chart costs, and how many of them wait for each other. */
class S3RequestsTest {

    /**
     * Requests that can run side by side do so during this time, in milliseconds. A busy machine may start them later, so
     * that too many seem to wait: then longer ones are tried.
     */
    private static final List<Long> LATENCIES = List.of(60L, 250L, 1_000L, 4_000L);

    private static final int LISTS = Depth.of(24, 60);

    private static final int HISTORY = Depth.of(8, 30);

    private static S3Client client;

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private record Asked(String what, long begin, long end) {}

    @BeforeAll
    static void start() throws Exception {
        client = S3Server.shared().client();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private S3Store slow(S3Address address, long latency) {
        return new S3Store(
                Faulty.client(client, (operation, request) -> {
                    long begin = System.nanoTime();
                    Thread.sleep(latency);
                    try {
                        return request.send();
                    } finally {
                        asked.add(new Asked(operation, begin, System.nanoTime()));
                    }
                }),
                address);
    }

    /** The most requests of which each began after the one before it had ended. */
    private int oneAfterTheOther() {
        int steps = 0;
        long free = Long.MIN_VALUE;
        for (Asked one : asked.stream().sorted(Comparator.comparing(Asked::end)).toList()) {
            if (one.begin() >= free) {
                steps++;
                free = one.end();
            }
        }
        return steps;
    }

    private String told() {
        long begun = asked.stream().mapToLong(Asked::begin).min().orElse(0);
        StringBuilder told = new StringBuilder();
        asked.stream()
                .sorted(Comparator.comparing(Asked::begin))
                .forEach(one -> told.append((one.begin() - begun) / 1_000_000)
                        .append(" ")
                        .append(one.what())
                        .append("\n"));
        return told.toString();
    }

    private static void arrive(ObjectStore store, LocalDate date) throws IOException {
        arrive(store, date, "chart");
    }

    private static void arrive(ObjectStore store, LocalDate date, String list) throws IOException {
        String id = Answers.list(list);
        store.put(
                "raw_data/to_process/" + date + "/spotify-web-api/" + id + "/120000Z.json",
                Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 50)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Thorough
    void aChartCostsFewRequestsAndFewerWaits() throws Exception {
        S3Address address = S3Address.parse("s3://lakes/requests");
        S3Store quick = new S3Store(client, address);
        Transformer history = new Transformer(quick, new ParquetFormat(), 1, 64 << 20);
        for (int day = 1; day <= HISTORY; day++) {
            arrive(quick, LocalDate.of(2026, 9, day));
            assertThat(history.runWaiting(LocalDate.of(2026, 9, day))).isPresent();
        }
        LocalDate date = LocalDate.of(2026, 10, 1);
        List<Integer> steps = new ArrayList<>();
        for (long latency : LATENCIES) {
            Transformer transformer = new Transformer(slow(address, latency), new ParquetFormat(), 1, 64 << 20);
            steps.clear();
            for (int day = 1; day <= 2; day++, date = date.plusDays(1)) {
                arrive(quick, date);
                asked.clear();
                assertThat(transformer.runWaiting(date)).isPresent();
                int manifests = day == 1 ? HISTORY : 1;
                assertThat(asked).as(told()).hasSizeLessThanOrEqualTo(32 + manifests);
                steps.add(oneAfterTheOther());
            }
            if (Collections.max(steps) <= 9) {
                return;
            }
        }
        throw new AssertionError(steps + " requests wait for each other: " + told());
    }

    /** Raw objects are asked for before the one before them is read. */
    @Test
    @Thorough
    void aDayOfManyListsIsNotReadOneAfterTheOther() throws Exception {
        S3Address address = S3Address.parse("s3://lakes/many-requests");
        S3Store quick = new S3Store(client, address);
        LocalDate date = LocalDate.of(2026, 11, 21);
        for (long latency : LATENCIES) {
            for (int list = 0; list < LISTS; list++) {
                arrive(quick, date, "list " + list);
            }
            asked.clear();
            assertThat(new Transformer(slow(address, latency), new ParquetFormat(), 1, 64 << 20).runWaiting(date))
                    .isPresent();
            if (oneAfterTheOther() <= 9 + LISTS / 3) {
                return;
            }
            date = date.plusDays(1);
        }
        throw new AssertionError(oneAfterTheOther() + " requests wait for each other: " + told());
    }
}

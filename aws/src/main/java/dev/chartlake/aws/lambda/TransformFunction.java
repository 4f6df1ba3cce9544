package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.format.TableFormat;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns into tables the days in which raw objects arrived, as S3 tells by way of SQS. A day is transformed once however
 * many messages tell of it, and not at all where nothing waits any more, so messages may come twice, late, and in any
 * order. Answers with the messages of days that failed.
 */
public final class TransformFunction implements RequestStreamHandler {

    /** With less time left no further day is begun. */
    private static final int DAY_MILLIS = 30_000;

    private final ObjectStore store;
    private final LakeAddress lake;
    private final Transformer transformer;
    private final Log log;

    /** As Lambda makes it, from the environment. */
    public TransformFunction() {
        this(new LambdaSettings(System.getenv()));
    }

    private TransformFunction(LambdaSettings settings) {
        this(settings, Priming.transform(settings.format()));
    }

    private TransformFunction(LambdaSettings settings, Thread priming) {
        this(
                Lakes.open(settings.lake()),
                settings.lake(),
                settings.format(),
                new Log(System.out, settings.lake().text(), Clock.systemUTC()));
        Priming.store(store);
        Priming.await(priming);
    }

    TransformFunction(ObjectStore store, LakeAddress lake, TableFormat format, Log log) {
        this.store = store;
        this.lake = lake;
        this.transformer =
                new Transformer(store, format, 1, Runtime.getRuntime().maxMemory() / 2);
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Arrivals arrivals = Arrivals.read(Json.read(in), lake);
        arrivals.ignored().forEach(what -> log.say("Ignored. " + what));
        Metrics metrics = new Metrics();
        TransformJob job = new TransformJob(store, transformer, metrics, new Lines(log));
        Set<String> failed = new TreeSet<>();
        adopt(job, arrivals, failed);
        boolean begun = false;
        for (Map.Entry<LocalDate, Set<String>> day : arrivals.days().entrySet()) {
            if (begun && context.getRemainingTimeInMillis() < DAY_MILLIS) {
                log.say("Day " + day.getKey() + ": no time left; its messages come again");
                failed.addAll(day.getValue());
            } else if (!transform(job, day.getKey())) {
                failed.addAll(day.getValue());
            }
            begun = true;
        }
        log.measured(metrics);
        if (failed.contains("")) {
            throw new IOException("Not all days could be transformed; the log says why");
        }
        out.write(Json.write(Map.of(
                "batchItemFailures",
                failed.stream().map(id -> Map.of("itemIdentifier", id)).toList())));
    }

    private void adopt(TransformJob job, Arrivals arrivals, Set<String> failed) {
        if (arrivals.loose().isEmpty()) {
            return;
        }
        try {
            arrivals.add(job.adopt(), arrivals.loose());
        } catch (IOException | RuntimeException e) {
            log.say("Loose files were not adopted: " + message(e));
            failed.addAll(arrivals.loose());
        }
    }

    /** False if the day failed. */
    private boolean transform(TransformJob job, LocalDate day) {
        try {
            return job.runWaiting(day);
        } catch (IOException | RuntimeException e) {
            log.say("Day " + day + ": " + message(e));
            return false;
        }
    }

    /** What was made of raw objects, as lines of the log. */
    private record Lines(Log log) implements TransformJob.Listener {

        @Override
        public void adopted(IntakeReport report) {
            report.problems().forEach(problem -> log.say("Set aside " + problem.file() + ": " + problem.reason()));
            report.notes().forEach(log::say);
        }

        @Override
        public void at(int done, int of) {}

        @Override
        public void transformed(TransformResult result) {
            result.days()
                    .forEach(day -> log.say("Day " + day.date() + ": committed, entries: " + day.entriesWritten()
                            + ", raw objects: " + day.rawObjects()));
            result.unreadable().forEach(object -> log.say("Set aside " + object.key() + ": " + object.reason()));
            result.findings()
                    .forEach(found -> log.say("Day " + found.date() + ": "
                            + found.finding().contract() + " in "
                            + found.finding().list() + ": " + found.finding().example()));
            result.failures().forEach(log::say);
        }
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}

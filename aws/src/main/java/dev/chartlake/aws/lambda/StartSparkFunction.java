package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.aws.glue.GlueJob;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has a Glue job transform the days in which raw objects arrived, in the place of {@link TransformFunction}. A message is
 * done when nothing of its day waits; until then it comes again, and each time a run is started unless one is under way. So
 * an object that arrives during a run is taken by the next one, a run that failed is repeated, and the messages of a day
 * that keeps failing end in the dead-letter queue.
 */
public final class StartSparkFunction implements RequestStreamHandler {
    static final String JOB = "CHARTLAKE_GLUE_JOB";

    private final ObjectStore store;
    private final LakeAddress lake;
    private final Jobs jobs;
    private final Log log;

    /** Opens the job for one invocation. */
    @FunctionalInterface
    interface Jobs {
        GlueJob open() throws WarehouseException;
    }

    /** As Lambda makes it, from the environment. */
    public StartSparkFunction() {
        this(new LambdaSettings(System.getenv()));
    }

    private StartSparkFunction(LambdaSettings settings) {
        this(
                Lakes.open(settings.lake()),
                settings.lake(),
                () -> GlueJob.open(settings.environment().getOrDefault(JOB, "chartlake-spark")),
                new Log(System.out, settings.lake().text(), Clock.systemUTC()));
    }

    StartSparkFunction(ObjectStore store, LakeAddress lake, Jobs jobs, Log log) {
        this.store = store;
        this.lake = lake;
        this.jobs = jobs;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Arrivals arrivals = Arrivals.read(Json.read(in), lake);
        arrivals.ignored().forEach(what -> log.say("Ignored. " + what));
        Set<String> waiting = waiting(arrivals);
        if (!waiting.isEmpty()) {
            try (GlueJob job = jobs.open()) {
                log.say(job.start());
            }
        }
        out.write(Json.write(Map.of(
                "batchItemFailures",
                waiting.stream()
                        .filter(id -> !id.isEmpty()) // an event of S3 itself does not come again
                        .map(id -> Map.of("itemIdentifier", id))
                        .toList())));
    }

    /** The messages of days in which something waits. */
    private Set<String> waiting(Arrivals arrivals) throws IOException {
        Set<String> waiting = new TreeSet<>();
        for (Map.Entry<LocalDate, Set<String>> day : arrivals.days().entrySet()) {
            if (waits(day.getKey())) {
                log.say("Day " + day.getKey() + ": waits");
                waiting.addAll(day.getValue());
            }
        }
        if (!arrivals.loose().isEmpty() && looseWait()) {
            log.say("Loose files wait");
            waiting.addAll(arrivals.loose());
        }
        return waiting;
    }

    private boolean waits(LocalDate day) throws IOException {
        String prefix = RawState.TO_PROCESS.prefix();
        return store.list(prefix + day + "/").stream()
                .anyMatch(object ->
                        RawKey.parse(object.key().substring(prefix.length())).isPresent());
    }

    private boolean looseWait() throws IOException {
        String prefix = RawState.TO_PROCESS.prefix();
        return store.files(prefix).stream().anyMatch(StartSparkFunction::isFile)
                || store.folders(prefix).stream()
                        .filter(folder -> !isDay(folder))
                        .anyMatch(folder -> holdsFiles(prefix + folder + "/"));
    }

    private boolean holdsFiles(String folder) {
        try {
            return store.list(folder).stream().anyMatch(StartSparkFunction::isFile);
        } catch (IOException e) {
            log.say(folder + " cannot be listed: " + e.getMessage());
            return true;
        }
    }

    /** Consoles of S3 write an object for an empty folder. */
    private static boolean isFile(ObjectInfo object) {
        return !object.key().endsWith("/");
    }

    private static boolean isDay(String folder) {
        try {
            LocalDate.parse(folder);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

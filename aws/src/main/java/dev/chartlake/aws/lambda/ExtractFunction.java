package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.Source;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.jobs.CooldownPolicy;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot of all configured lists, or of those that its event names as {@code list} or {@code lists}. Answers
 * with what became of each.
 */
public final class ExtractFunction implements RequestStreamHandler {

    /** What {@code measure} can ask for. */
    private static final String AGE = "age";

    /** With less time left no further list is begun. */
    private static final int LIST_MILLIS = 60_000;

    private static final Failed NO_TIME = new Failed(
            Why.UNAVAILABLE,
            "No time was left for it before the function's time limit",
            "Give the function more time, or share the lists among several schedules.");

    private final ObjectStore store;
    private final LambdaSettings settings;
    private final Secrets secrets;
    private final Clock clock;
    private final Log log;

    /** As Lambda makes it, from the environment. */
    public ExtractFunction() {
        this(new LambdaSettings(System.getenv()), Clock.systemUTC());
        Priming.store(store);
    }

    private ExtractFunction(LambdaSettings settings, Clock clock) {
        this(
                Lakes.open(settings.lake()),
                settings,
                new Secrets(settings.secret(), clock),
                clock,
                new Log(System.out, settings.lake().text(), clock));
    }

    ExtractFunction(ObjectStore store, LambdaSettings settings, Secrets secrets, Clock clock, Log log) {
        this.store = store;
        this.settings = settings;
        this.secrets = secrets;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Map<?, ?> event = Json.object(Json.read(in));
        if (AGE.equals(event.get("measure"))) {
            Metrics age = new Metrics();
            age.addAge(store, clock.instant());
            log.measured(age);
            out.write(Json.write(Map.of("status", "measured")));
            return;
        }
        LambdaSettings now = settings.with(secrets.values());
        WantedLists wanted = wanted(event, now);
        Metrics metrics = new Metrics();
        Source source = SpotifySource.open(now.spotify(), now.grant(), store);
        ExtractJob job = new ExtractJob(source, store, now.app(store), clock, metrics);
        Report report = run(job, wanted, () -> late(context));
        metrics.addAge(store, clock.instant());
        Map<String, Object> answer = answer(report, wanted);
        log.say(Json.text(answer));
        log.measured(metrics);
        if (report.stopped().orElse(null) instanceof SignInException refused) {
            secrets.forget();
            throw new IOException(refused.reason());
        }
        out.write(Json.write(answer));
    }

    /** The same run as {@code extract}. Lambda interrupts nothing, so an interruption is an error. */
    static Report run(ExtractJob job, WantedLists wanted, TimeLimit limit) throws IOException {
        try {
            return job.run(wanted, CooldownPolicy.KEEP, limit, outcome -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while lists were extracted");
        }
    }

    private static Optional<Failed> late(Context context) {
        return context.getRemainingTimeInMillis() < LIST_MILLIS ? Optional.of(NO_TIME) : Optional.empty();
    }

    private WantedLists wanted(Map<?, ?> event, LambdaSettings now) throws IOException {
        List<String> named = new ArrayList<>();
        addText(named, event.get("list"));
        Json.array(event.get("lists")).forEach(list -> addText(named, list));
        return named.isEmpty() ? now.lists(store) : LambdaSettings.parse(named);
    }

    private static void addText(List<String> named, @Nullable Object list) {
        if (list != null) {
            named.add(list.toString());
        }
    }

    private static Map<String, Object> answer(Report report, WantedLists wanted) {
        List<Map<String, Object>> archived = new ArrayList<>();
        List<Map<String, Object>> failed = new ArrayList<>();
        wanted.wrong()
                .forEach(wrong ->
                        failed.add(new LinkedHashMap<>(Map.of("list", wrong.text(), "reason", wrong.reason()))));
        for (Outcome outcome : report.outcomes()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("list", outcome.list().id());
            if (outcome.result() instanceof Archived done) {
                line.put("name", done.name());
                line.put("entries", done.entries());
                line.put("key", done.key().in(RawState.TO_PROCESS));
                line.put("added", done.added());
                line.put("complete", done.complete());
                if (!done.warning().isEmpty()) {
                    line.put("warning", done.warning());
                }
                archived.add(line);
            } else if (outcome.result() instanceof Failed not) {
                line.put("reason", not.reason());
                line.put("cure", not.cure());
                failed.add(line);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", failed.isEmpty() && report.incomplete() == 0 ? "done" : "some_failed");
        report.stopped().ifPresent(stopped -> {
            answer.put("status", "stopped");
            answer.put("reason", stopped.reason());
            if (stopped instanceof RateLimitException limited) {
                answer.put("status", "limited");
                answer.put("not_before", limited.notBefore().toString());
            }
        });
        answer.put("archived", archived);
        answer.put("failed", failed);
        return answer;
    }
}

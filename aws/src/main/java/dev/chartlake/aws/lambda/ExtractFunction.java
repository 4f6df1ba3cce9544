package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.aws.lambda.LambdaSettings.Wanted;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Wanted wanted = wanted(event, now);
        Metrics metrics = new Metrics();
        metrics.add(Metric.LISTS_FAILED, wanted.wrong().size());
        Report report = new Extraction(store, clock)
                .run(now.spotify(), wanted.lists(), context::getRemainingTimeInMillis, LIST_MILLIS, metrics);
        metrics.addAge(store, clock.instant());
        Map<String, Object> answer = answer(report, wanted.wrong());
        log.say(Json.text(answer));
        log.measured(metrics);
        if (report.stopped().orElse(null) instanceof SignInException refused) {
            secrets.forget();
            throw new IOException(refused.reason());
        }
        out.write(Json.write(answer));
    }

    private Wanted wanted(Map<?, ?> event, LambdaSettings now) throws IOException {
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

    private static Map<String, Object> answer(Report report, Map<String, String> wrong) {
        List<Map<String, Object>> archived = new ArrayList<>();
        List<Map<String, Object>> failed = new ArrayList<>();
        wrong.forEach((text, reason) -> failed.add(new LinkedHashMap<>(Map.of("list", text, "reason", reason))));
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

package dev.chartlake.aws.lambda;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a batch of messages tells of: the days in which something arrived, and loose files. Each message is a notification
 * of S3, or none of ours.
 */
final class Arrivals {

    private final LakeAddress lake;
    private final TreeMap<LocalDate, Set<String>> days = new TreeMap<>();
    private final Set<String> loose = new TreeSet<>();
    private final List<String> ignored = new ArrayList<>();

    private Arrivals(LakeAddress lake) {
        this.lake = lake;
    }

    /** Reads an event: a batch of SQS, or one of S3 itself, whose message has an empty id. */
    static Arrivals read(@Nullable Object event, LakeAddress lake) {
        Arrivals arrivals = new Arrivals(lake);
        List<?> records = Json.array(Json.object(event).get("Records"));
        if (records.isEmpty()) {
            arrivals.message("", event);
        }
        for (Object entry : records) {
            Map<?, ?> message = Json.object(entry);
            if (message.containsKey("s3")) {
                arrivals.object("", message);
            } else {
                arrivals.message(Json.text(message.get("messageId")), body(message));
            }
        }
        return arrivals;
    }

    /** The messages that tell of each day, by their ids. */
    Map<LocalDate, Set<String>> days() {
        return days;
    }

    /** The messages that tell of files outside of a day's folder. */
    Set<String> loose() {
        return loose;
    }

    /** What is none of ours, with the reason. */
    List<String> ignored() {
        return ignored;
    }

    /** All objects of each message tell of these days, too. */
    void add(Set<LocalDate> more, Set<String> messages) {
        more.forEach(day -> days.computeIfAbsent(day, none -> new TreeSet<>()).addAll(messages));
    }

    private static @Nullable Object body(Map<?, ?> message) {
        try {
            return Json.read(Json.text(message.get("body")));
        } catch (JacksonException e) {
            return null;
        }
    }

    private void message(String id, @Nullable Object body) {
        List<?> records = Json.array(Json.object(body).get("Records"));
        if (records.isEmpty()) {
            boolean test = "s3:TestEvent".equals(Json.object(body).get("Event"));
            ignored.add("Message " + id + (test ? ": S3 only tests the way here" : ": no notification of S3"));
        }
        records.forEach(entry -> object(id, Json.object(entry)));
    }

    private void object(String id, Map<?, ?> notification) {
        Map<?, ?> s3 = Json.object(notification.get("s3"));
        String event = Json.text(notification.get("eventName"));
        String bucket = Json.text(Json.object(s3.get("bucket")).get("name"));
        String encoded = Json.text(Json.object(s3.get("object")).get("key"));
        Optional<String> key = decode(encoded).flatMap(decoded -> lake.key(bucket, decoded));
        String waiting = RawState.TO_PROCESS.prefix();
        if (!event.startsWith("ObjectCreated:") || key.isEmpty() || !key.get().startsWith(waiting)) {
            ignored.add(event + " of " + encoded + " in " + bucket + ": not an object that arrived in " + waiting
                    + " of " + lake.text());
            return;
        }
        path(id, key.get().substring(waiting.length()));
    }

    private void path(String id, String path) {
        Optional<RawKey> key = RawKey.parse(path);
        if (key.isPresent()) {
            add(Set.of(key.get().date()), Set.of(id));
        } else if (path.isEmpty() || path.endsWith("/")) {
            ignored.add("An empty folder: " + path);
        } else if (isDay(path.substring(0, Math.max(0, path.indexOf('/'))))) {
            ignored.add(path + " is not named <source>/<list>/<HHmmss>Z.json. Move it loose into "
                    + RawState.TO_PROCESS.prefix());
        } else {
            loose.add(id);
        }
    }

    /** Keys in notifications are encoded like forms: a space is a plus. */
    private static Optional<String> decode(String key) {
        try {
            return Optional.of(URLDecoder.decode(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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

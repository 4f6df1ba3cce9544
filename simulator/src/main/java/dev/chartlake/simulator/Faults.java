package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The faults in force, in the order they were added. Safe for use from any thread while requests are served. */
public final class Faults {

    private static final String PREMIUM = "Active premium subscription required for the owner of the app. When the"
            + " subscription status changes, it can take a few hours before requests are allowed again.";

    private final List<Armed> armed = new ArrayList<>();
    private final Map<String, Integer> edits = new ConcurrentHashMap<>();

    /** Only a {@link Simulator} has faults. */
    Faults(List<Fault> faults) {
        faults.forEach(this::add);
    }

    /** Puts a fault in force from the next request on. */
    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    /** Ends all faults. Edits that were made to lists stay. */
    public synchronized void clear() {
        armed.clear();
    }

    /** The faults that can still strike, in the order they were added. */
    public synchronized List<Fault> active() {
        return armed.stream()
                .filter(one -> one.struck < one.fault.times())
                .map(one -> one.fault)
                .toList();
    }

    /** The fault that spoils this request, or null; counts it. Faults in a list's content are not among them. */
    synchronized @Nullable Fault strike(HttpRequest request) {
        for (Armed one : armed) {
            boolean content = one.fault.kind() == Fault.Kind.NULL_ENTRIES || one.fault.kind() == Fault.Kind.EDIT;
            if (!content && one.fault.matches(request) && one.count()) {
                return one.fault;
            }
        }
        return null;
    }

    /** Which rows of this answer are null: each of the number returned, or none when it is 0. */
    synchronized int nullEvery(HttpRequest request) {
        for (Armed one : armed) {
            if (one.fault.kind() == Fault.Kind.NULL_ENTRIES && one.fault.matches(request) && one.count()) {
                return one.fault.every();
            }
        }
        return 0;
    }

    /** Notes that a page of a list was read, which may be what an edit waits for. */
    synchronized void pageRead(HttpRequest request, String list) {
        for (Armed one : armed) {
            if (one.fault.kind() == Fault.Kind.EDIT && one.fault.matches(request) && one.countPage()) {
                edits.merge(list, 1, Integer::sum);
            }
        }
    }

    /** How many songs have been added at the top of a list so far. */
    int edits(String list) {
        return edits.getOrDefault(list, 0);
    }

    /** What the client gets instead of an answer, for all kinds that do not need the real one. */
    static @Nullable HttpAnswer instead(Fault fault) {
        HttpAnswer answer = switch (fault.kind()) {
            case STATUS -> HttpAnswer.error(fault.status(), message(fault.status()));
            case QUOTA ->
                HttpAnswer.json(
                        429,
                        "{\"error\":{\"status\":429,\"message\":\"Too many requests\","
                                + "\"reason\":\"QUOTA_EXCEEDED\"}}");
            case PREMIUM -> HttpAnswer.text(403, "text/plain", PREMIUM);
            case UNREGISTERED -> HttpAnswer.text(403, "text/plain", "User not registered in the Developer Dashboard");
            case HTML ->
                HttpAnswer.text(
                        503,
                        "text/html",
                        "<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head>"
                                + "<body><h1>upstream connect error</h1></body></html>\n");
            case EMPTY -> HttpAnswer.json(200, "");
            case RESET -> HttpAnswer.json(200, "").delivered(HttpAnswer.Delivery.RESET);
            case TRUNCATE, SLOW, NULL_ENTRIES, EDIT -> null;
        };
        Integer wait = fault.retryAfterSeconds();
        return answer == null || wait == null ? answer : answer.with("Retry-After", wait.toString());
    }

    private static String message(int status) {
        return switch (status) {
            case 400 -> "Bad request.";
            case 401 -> "The access token expired";
            case 403 -> "Forbidden";
            case 404 -> "Resource not found";
            case 429 -> "API rate limit exceeded";
            case 500 -> "Server error.";
            case 502 -> "Bad gateway.";
            case 503 -> "Service unavailable";
            case 504 -> "Gateway timeout";
            default -> "Error";
        };
    }

    /** A fault with what it has done so far. */
    private static final class Armed {
        private final Fault fault;
        private int seen;
        private int struck;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean count() {
            if (struck >= fault.times() || ++seen <= fault.after()) {
                return false;
            }
            struck++;
            return true;
        }

        /** An edit comes after its page, not instead of the next one. */
        boolean countPage() {
            if (struck >= fault.times() || ++seen < fault.after()) {
                return false;
            }
            struck++;
            return true;
        }
    }
}

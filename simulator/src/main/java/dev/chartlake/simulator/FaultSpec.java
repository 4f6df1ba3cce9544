package dev.chartlake.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The text form of a {@link Fault}. */
final class FaultSpec {

    private static final String VALID = "Valid: 429:retry-after=2, 500, 502, 503, 504 (any 400 to 599), quota, premium,"
            + " unregistered, html, empty, reset, truncate, slow:millis=500, null-entries:every=7, edit:after=1;"
            + " each also with times=N, after=N, path=TEXT, list=ID, separated by commas";

    private static final Set<String> COMMON = Set.of("times", "after", "path", "list");

    private FaultSpec() {}

    static Fault parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Fault fault = named(name, text);
        if (colon < 0) {
            return fault;
        }
        for (String option : List.of(text.substring(colon + 1).split(",", -1))) {
            int equals = option.indexOf('=');
            if (equals < 1 || equals == option.length() - 1) {
                throw wrong(text, "'" + option + "' is not KEY=VALUE");
            }
            fault = with(fault, option.substring(0, equals), option.substring(equals + 1), text);
        }
        return fault;
    }

    private static Fault named(String name, String text) {
        if (name.matches("[45][0-9][0-9]")) {
            return Fault.status(Integer.parseInt(name));
        }
        return switch (name) {
            case "quota" -> Fault.quota();
            case "premium" -> Fault.premium();
            case "unregistered" -> Fault.unregistered();
            case "html" -> Fault.html();
            case "empty" -> Fault.empty();
            case "reset" -> Fault.reset();
            case "truncate" -> Fault.truncate();
            case "slow" -> Fault.slow(Duration.ofMillis(500));
            case "null-entries" -> Fault.nullEntries(7);
            case "edit" -> Fault.edit(1);
            default -> throw wrong(text, "there is no fault '" + name + "'");
        };
    }

    private static Fault with(Fault fault, String key, String value, String text) {
        boolean fits = COMMON.contains(key)
                || switch (fault.kind()) {
                    case STATUS, QUOTA -> key.equals("retry-after");
                    case SLOW -> key.equals("millis");
                    case NULL_ENTRIES -> key.equals("every");
                    default -> false;
                };
        if (!fits) {
            throw wrong(text, "it takes no '" + key + "'");
        }
        return switch (key) {
            case "path" -> fault.path(value);
            case "list" -> fault.list(value);
            case "after" -> fault.after(number(value, 0, text));
            case "times" -> fault.times(number(value, 1, text));
            case "retry-after" -> fault.retryAfter(Duration.ofSeconds(number(value, 0, text)));
            case "millis" -> slower(fault, number(value, 0, text));
            default -> everyOther(fault, number(value, 1, text));
        };
    }

    private static Fault slower(Fault fault, int millis) {
        return new Fault(
                fault.kind(),
                fault.status(),
                fault.retryAfterSeconds(),
                Duration.ofMillis(millis),
                fault.every(),
                fault.after(),
                fault.times(),
                fault.path(),
                fault.list());
    }

    private static Fault everyOther(Fault fault, int every) {
        return new Fault(
                fault.kind(),
                fault.status(),
                fault.retryAfterSeconds(),
                fault.delay(),
                every,
                fault.after(),
                fault.times(),
                fault.path(),
                fault.list());
    }

    private static int number(String value, int least, String text) {
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least) {
            throw wrong(text, "'" + value + "' is not a whole number of at least " + least);
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException wrong(String text, String reason) {
        return new IllegalArgumentException("Not a fault: '" + text + "' (" + reason + "). " + VALID);
    }
}

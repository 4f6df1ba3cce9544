package dev.chartlake.app.settings;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The environment variables of a command: those of the process, unless it is run with others. */
public final class Environment {

    private static final InheritableThreadLocal<@Nullable Map<String, String>> OTHERS = new InheritableThreadLocal<>();

    private Environment() {}

    /** By name; not to be changed. */
    public static Map<String, String> variables() {
        Map<String, String> others = OTHERS.get();
        return others == null ? System.getenv() : others;
    }

    /** Runs {@code command}, here and in the threads that it starts, with these variables and no others. */
    public static <T> T with(Map<String, String> variables, Supplier<T> command) {
        Map<String, String> before = OTHERS.get();
        OTHERS.set(Map.copyOf(variables));
        try {
            return command.get();
        } finally {
            if (before == null) {
                OTHERS.remove();
            } else {
                OTHERS.set(before);
            }
        }
    }
}

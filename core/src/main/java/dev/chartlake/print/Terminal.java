package dev.chartlake.print;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** What this process writes to. */
public final class Terminal {

    private Terminal() {}

    /** True if stdin and stdout are a terminal. */
    public static boolean present() {
        @Nullable Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console for files and pipes too, and a method that tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** True if it may be drawn on and coloured. */
    public static boolean decorated() {
        return present() && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    /** The terminal's width if it says so, else no limit: what goes into a file or a pipe is never cut. */
    public static int width() {
        @Nullable String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("\\d{2,4}") && present() ? Integer.parseInt(columns) : 0;
    }
}

package dev.chartlake.store;

import java.nio.file.Path;

/** Commands that messages tell their reader to run. */
public final class Hint {

    private static final Path DEFAULT = Path.of("lake").toAbsolutePath();

    private Hint() {}

    /** A command as it can be pasted into a shell, with the lake unless it is the default one. */
    public static String command(String command, Path lake) {
        if (lake.equals(DEFAULT) && System.getenv("CHARTLAKE_LAKE") == null) {
            return "./chartlake " + command;
        }
        Path here = Path.of("").toAbsolutePath();
        String shown = lake.startsWith(here) ? here.relativize(lake).toString() : lake.toString();
        return "./chartlake " + command + " --lake " + quoted(shown.isEmpty() ? "." : shown);
    }

    /** The same, for a lake anywhere. */
    public static String command(String command, ObjectStore lake) {
        return lake instanceof LocalStore local
                ? command(command, local.root())
                : "./chartlake " + command + " --lake " + quoted(lake.name());
    }

    private static String quoted(String text) {
        return text.matches("[\\p{L}\\p{N}_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

package dev.chartlake.app;

import dev.chartlake.app.jobs.ReportRun;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.report.Parameter;
import dev.chartlake.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command lines that are run all day, {@code report …}, {@code query SQL} and {@code transform}, as far as they
 * are beyond doubt: known options, each once and with its value as the next word. To set up picocli takes longer than most
 * reports. It reads all other command lines, and the same in these.
 */
final class QuickCommandLine {

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private QuickCommandLine() {}

    /** The command, or null where picocli has to look. */
    static @Nullable Callable<Integer> command(String... args) {
        QuickCommandLine plain = new QuickCommandLine();
        return plain.read(args) ? plain.command() : null;
    }

    private boolean read(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--") && i + 1 < args.length) {
                if (!plain(args[i + 1]) || options.put(args[i].substring(2), args[++i]) != null) {
                    return false;
                }
            } else if (plain(args[i])) {
                words.add(args[i]);
            } else {
                return false;
            }
        }
        return !words.isEmpty();
    }

    /** A minus begins an option. */
    private static boolean plain(String word) {
        return !word.isEmpty() && word.charAt(0) != '-';
    }

    private @Nullable Callable<Integer> command() {
        @Nullable String lake = options.remove("lake");
        @Nullable String config = options.remove("config");
        @Nullable String format = options.remove("output");
        LakeOptions where = new LakeOptions(lake, config == null ? null : Path.of(config));
        OutputOption output = format == null ? new OutputOption() : new OutputOption(format);
        return switch (words.get(0)) {
            case "transform" ->
                words.size() == 1 && options.isEmpty() && format == null ? new TransformCommand(where) : null;
            case "query" ->
                words.size() == 2 && options.isEmpty() ? new QueryCommand(words.get(1), where, output) : null;
            case "report" -> words.size() >= 2 ? report(where, output) : null;
            default -> null;
        };
    }

    private @Nullable Callable<Integer> report(LakeOptions lake, OutputOption output) {
        for (Report report : Report.values()) {
            if (report.text().equals(words.get(1))) {
                @Nullable Map<Parameter, String> values = values(report);
                return values == null ? null : new ReportRun(report, values, lake, output);
            }
        }
        return null;
    }

    private @Nullable Map<Parameter, String> values(Report report) {
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        int used = 2;
        for (Parameter parameter : report.parameters()) {
            @Nullable String value = parameter != Parameter.SONG
                    ? options.remove(parameter.text())
                    : words.size() > used ? words.get(used++) : null;
            if (value != null) {
                values.put(parameter, value);
            } else if (parameter == Parameter.SONG) {
                return null;
            }
        }
        return options.isEmpty() && words.size() == used ? values : null;
    }
}

package dev.chartlake.app;

import dev.chartlake.intake.Adoption;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.sql.Compaction;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.table.TableFormat;
import dev.chartlake.transform.Manifest;
import dev.chartlake.transform.RawChanges;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code transform}: raw into tables. */
@Command(
        name = "transform",
        mixinStandardHelpOptions = true,
        description = {
            "Turns raw objects into tables, one partition a day. Without options: the days in which something waits.",
            "A day is always computed from all its raw objects, so running it again changes nothing. Days whose tables or"
                    + " manifest were deleted or cut are computed again."
        })
final class TransformCommand implements Callable<Integer> {

    private static final int SHOWN = 10;

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private DateRange range = new DateRange();

    @Option(names = "--all", description = "Also the days that are done already")
    private boolean all;

    @Option(
            names = "--accept-raw-changes",
            description =
                    "Also compute days of which processed raw objects were deleted or edited on purpose. Without it,"
                            + " such a day fails and keeps its tables")
    private boolean acceptRawChanges;

    @Option(names = "--format", paramLabel = "parquet|csv", description = "Format of the tables. Default: parquet")
    private @Nullable String format;

    TransformCommand() {}

    /** Without options but the lake's. */
    TransformCommand(LakeOptions lake) {
        this.lake = lake;
    }

    @Override
    public Integer call() throws IOException {
        range.check();
        Settings settings = lake.settings();
        return transform(
                lake.existing(),
                tableFormat(format, settings),
                settings.quality(),
                range,
                all,
                acceptRawChanges ? RawChanges.ACCEPT : RawChanges.REFUSE,
                System.out);
    }

    /** Picks the format: flag, environment, file, default. */
    static TableFormat tableFormat(@Nullable String flag, Settings settings) {
        String name = flag != null ? flag : settings.format();
        return TableFormats.named(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE, "No such format: " + name + ". There are: " + TableFormats.NAMES + "."));
    }

    /** As below; days whose raw objects are missing or changed fail. */
    static int transform(
            ObjectStore store, TableFormat format, QualityRules rules, DateRange range, boolean all, PrintStream out)
            throws IOException {
        return transform(store, format, rules, range, all, RawChanges.REFUSE, out);
    }

    /** Transforms, and says on {@code out} what was done and on stderr what went wrong. Returns the exit code. */
    static int transform(
            ObjectStore store,
            TableFormat format,
            QualityRules rules,
            DateRange range,
            boolean all,
            RawChanges rawChanges,
            PrintStream out)
            throws IOException {
        IntakeReport adopted = new Adoption(store).run();
        adopted.problems()
                .forEach(problem -> System.err.println("Set aside " + problem.file() + ": " + problem.reason()));
        adopted.notes().forEach(System.err::println);
        Runtime machine = Runtime.getRuntime();
        Transformer transformer = new Transformer(
                store, format, machine.availableProcessors(), machine.maxMemory() / 5 * 4, rules, rawChanges);
        List<LocalDate> days = (all ? transformer.allDays() : waitingOrChanged(transformer))
                .stream().filter(range::contains).toList();
        Progress progress = new Progress(System.err, "Transforming");
        Transformer.Result result = transformer.run(days, (day, done, of) -> progress.at(done, of));
        progress.end();
        measure(store, result, days.size(), adopted);
        report(result, Hint.command("report quality", store), out);
        boolean whole = !(store instanceof LocalStore local) || compact(local);
        if (result.contractBroke()) {
            return ExitCode.CONTRACT;
        }
        boolean clean = whole
                && result.failures().isEmpty()
                && result.unreadable().isEmpty()
                && adopted.problems().isEmpty();
        return clean ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private static Collection<LocalDate> waitingOrChanged(Transformer transformer) throws IOException {
        TreeSet<LocalDate> days = new TreeSet<>(transformer.waitingDays());
        List<LocalDate> changed = transformer.changedDays().stream()
                .filter(day -> !days.contains(day))
                .toList();
        if (!changed.isEmpty()) {
            System.err.println("Not as their manifests say, or without one, and computed again: "
                    + Words.count(changed.size(), "day") + ", "
                    + changed.stream().limit(SHOWN).map(LocalDate::toString).collect(Collectors.joining(", "))
                    + (changed.size() > SHOWN ? ", …" : "") + ".");
        }
        days.addAll(changed);
        return days;
    }

    private static void measure(ObjectStore store, Transformer.Result result, int days, IntakeReport adopted) {
        if (MetricFiles.areWanted(System.getenv())) {
            Metrics metrics = new Metrics();
            metrics.add(result, days);
            metrics.add(Metric.OBJECTS_QUARANTINED, adopted.problems().size());
            MetricFiles.write(System.getenv(), "transform", store.name(), metrics);
        }
    }

    /**
     * Makes queries over years fast. They are right without it, so a failure is told and no more. Returns false if days are
     * damaged, which is told, too.
     */
    static boolean compact(LocalStore store) {
        Progress progress = new Progress(System.err, "Compacting");
        Compaction.Result result;
        try {
            result = new Compaction(store).run(progress::at);
        } catch (IOException e) {
            result = new Compaction.Result(0, List.of(ErrorText.of(e)), List.of());
        }
        progress.end();
        for (String failure : result.failures()) {
            System.err.println("Not compacted: " + failure + (failure.endsWith(".") ? "" : ".")
                    + " Queries read its days instead, which takes longer. The next transform tries again.");
        }
        result.damaged().forEach(damage -> System.err.println("Not compacted: " + damage));
        return result.damaged().isEmpty();
    }

    private static void report(Transformer.Result result, String findings, PrintStream out) {
        for (Transformer.Unreadable object : result.unreadable()) {
            System.err.println("Set aside " + object.key() + ": " + object.reason());
        }
        result.failures().forEach(System.err::println);
        QualityNotes.lines(result.findings(), findings).forEach(System.err::println);
        List<Manifest> days = result.days();
        if (days.isEmpty()) {
            out.println(result.failures().isEmpty() ? "Nothing to transform." : "No day was committed.");
            return;
        }
        long entries = days.stream().mapToLong(Manifest::entriesWritten).sum();
        String span = days.get(0).date()
                + (days.size() > 1 ? " to " + days.get(days.size() - 1).date() : "");
        out.println("Transformed " + Words.count(days.size(), "day") + ", " + span + ": "
                + Words.count(entries, "entry", "entries") + " of "
                + Words.count(days.stream().mapToLong(day -> day.raw().size()).sum(), "raw object") + ".");
    }
}

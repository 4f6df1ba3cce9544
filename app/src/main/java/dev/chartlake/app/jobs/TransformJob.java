package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.Compacting;
import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.outcome.ExitCode;
import dev.chartlake.app.outcome.Failure;
import dev.chartlake.app.print.MetricFiles;
import dev.chartlake.app.print.Plurals;
import dev.chartlake.app.print.ProgressLine;
import dev.chartlake.app.print.QualityNotes;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.format.TableFormat;
import dev.chartlake.intake.Adoption;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.lake.Manifest;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes tables of what waits, and says what was done on stdout and what went wrong on stderr. */
public final class TransformJob {

    private static final int SHOWN = 10;

    private TransformJob() {}

    /** Picks the format: flag, environment, file, default. */
    public static TableFormat tableFormat(@Nullable String flag, Settings settings) {
        String name = flag != null ? flag : settings.format();
        return TableFormats.named(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE, "No such format: " + name + ". There are: " + TableFormats.NAMES + "."));
    }

    /** As below; days whose raw objects are missing or changed fail. */
    public static int transform(
            ObjectStore store, TableFormat format, QualityRules rules, DateRange range, boolean all, PrintStream out)
            throws IOException {
        return transform(store, format, rules, range, all, RawChanges.REFUSE, out);
    }

    /** Transforms, and says on {@code out} what was done and on stderr what went wrong. Returns the exit code. */
    public static int transform(
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
        ProgressLine progress = new ProgressLine(System.err, "Transforming");
        Transformer.Result result = transformer.run(days, (done, of) -> progress.at(done, of));
        progress.end();
        measure(store, result, days.size(), adopted);
        report(result, Hint.command("report quality", store), out);
        boolean whole = !(store instanceof LocalStore local) || Compacting.run(local);
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
                    + Plurals.count(changed.size(), "day") + ", "
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

    private static void report(Transformer.Result result, String findings, PrintStream out) {
        for (UnreadableObject object : result.unreadable()) {
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
        out.println("Transformed " + Plurals.count(days.size(), "day") + ", " + span + ": "
                + Plurals.count(entries, "entry", "entries") + " of "
                + Plurals.count(days.stream().mapToLong(day -> day.raw().size()).sum(), "raw object") + ".");
    }
}

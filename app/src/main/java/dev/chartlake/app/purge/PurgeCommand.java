package dev.chartlake.app.purge;

import dev.chartlake.app.jobs.Transforming;
import dev.chartlake.app.lake.Compacting;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.app.settings.RetentionSettings;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.format.TableFormat;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.purge.PurgeAge;
import dev.chartlake.purge.PurgeJob;
import dev.chartlake.purge.PurgePlan;
import dev.chartlake.purge.PurgeSearch;
import dev.chartlake.purge.PurgeSelection;
import dev.chartlake.purge.UnfinishedPurge;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code purge}: removes raw objects, and what was made of them. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = {
            "Removes raw objects by source, list and age, with their rows in all tables, their days' manifests, and the copies"
                    + " of months and years. Days that other raw objects share are computed again from these.",
            "Without --yes it changes nothing, and prints what it would remove. Raw objects cannot be made again: back up"
                    + " raw_data first if you may need them."
        })
public final class PurgeCommand implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "Only of this source: spotify-web-api, spotify-charts or spotify-account-export."
                    + " Can be given several times")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description = "Only of this list: its id, link, alias or name. Can be given several times")
    private List<String> lists = new ArrayList<>();

    @Option(names = "--before", paramLabel = "DATE", description = "Only of days before this one (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate before;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Only of days that are older than this: 90d, 24m or 2y (days, months, years)")
    private @Nullable String olderThan;

    @Option(names = "--retention", description = "What is older than 'retention' in the configuration says, by source")
    private boolean retention;

    @Option(names = "--yes", description = "Remove it. Without this option nothing is changed")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    /** Ages are counted from today. */
    public PurgeCommand() {
        this(Clock.systemUTC());
    }

    /** Ages are counted from the day of {@code clock}. */
    public PurgeCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        check();
        ObjectStore store = lake.existing();
        TableFormat format = Transforming.tableFormat(null, lake.settings());
        Optional<UnfinishedPurge> interrupted = UnfinishedPurge.read(store);
        int code = ExitCode.DONE;
        if (interrupted.isPresent() && yes) {
            System.err.println("First, the purge that was interrupted before:");
            code = remove(store, format, interrupted.get(), false);
        } else if (interrupted.isPresent()) {
            System.err.println("A purge was interrupted. The next purge with --yes finishes it first.");
        }
        UnfinishedPurge wanted = wanted(interrupted.map(UnfinishedPurge::named).orElse(Map.of()));
        PurgePlan plan = new PurgeSearch(store, wanted.selection()).find();
        loose(store);
        if (plan.isEmpty()) {
            if (output.format() != ResultFormat.TABLE) {
                output.print(new PurgeRows(plan, lake.settings().labels())::print);
            }
            System.err.println("Nothing in the lake matches. Nothing was removed.");
            return code;
        }
        return yes ? Math.max(code, remove(store, format, wanted, true)) : show(plan);
    }

    private void check() {
        if (before != null && olderThan != null) {
            throw new Failure(ExitCode.USAGE, "--before and --older-than say the same. Give one of them.");
        }
        if (retention && (before != null || olderThan != null || !lists.isEmpty() || !sources.isEmpty())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--retention deletes what the configuration says: leave out --source, --list, --before and"
                            + " --older-than.");
        }
        if (!retention && before == null && olderThan == null && lists.isEmpty() && sources.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Say what to remove: --source, --list, --before, --older-than, or --retention. Nothing was removed.");
        }
        for (String source : sources) {
            if (!RetentionSettings.SOURCES.contains(source)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "There is no source '" + source + "'. There are: "
                                + String.join(", ", RetentionSettings.SOURCES) + ".");
            }
        }
    }

    /** What the options select. {@code named} are names that an interrupted purge found. */
    private UnfinishedPurge wanted(Map<String, String> named) throws IOException {
        if (retention) {
            return new UnfinishedPurge(retention(lake.settings()), Map.of());
        }
        Map<String, String> ids = new TreeMap<>();
        for (String list : lists) {
            @Nullable String known = named.get(list);
            ids.put(list, known == null ? lake.listId(list) : known);
        }
        PurgeSelection.Rule rule = new PurgeSelection.Rule(Set.copyOf(sources), Set.copyOf(ids.values()), date());
        return new UnfinishedPurge(new PurgeSelection(List.of(rule)), ids);
    }

    private @Nullable LocalDate date() {
        if (olderThan == null) {
            return before;
        }
        try {
            return PurgeAge.parse(olderThan).before(today());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--older-than: " + e.getMessage() + ".");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private PurgeSelection retention(Settings settings) {
        Map<String, PurgeAge> ages = settings.retention();
        if (ages.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The configuration has no 'retention'. Put a source and an age into chartlake.yaml, such as:"
                            + " retention: {spotify-web-api: 24 months}");
        }
        List<PurgeSelection.Rule> rules = new ArrayList<>();
        ages.forEach(
                (source, age) -> rules.add(new PurgeSelection.Rule(Set.of(source), Set.of(), age.before(today()))));
        return new PurgeSelection(List.copyOf(rules));
    }

    private static void loose(ObjectStore store) throws IOException {
        int loose = store.files(RawState.TO_PROCESS.prefix()).size();
        if (loose > 0) {
            System.err.println(Plurals.count(loose, "loose file") + " in " + RawState.TO_PROCESS.prefix()
                    + " cannot match, because transform has not read them yet. Run transform first.");
        }
    }

    private int show(PurgePlan plan) throws IOException {
        PurgeRows rows = new PurgeRows(plan, lake.settings().labels());
        output.print(rows::print);
        long go = plan.days().stream().filter(PurgePlan.Day::goes).count();
        System.err.println("Would remove " + rows.total() + ". "
                + days(go, "would leave the lake", plan.days().size() - go, "would keep other raw objects")
                + " Nothing was changed.");
        System.err.println("To remove it: " + command());
        return ExitCode.DONE;
    }

    /** What the user typed, with {@code --yes}, as it can be pasted into a shell. */
    private String command() {
        List<String> words = Objects.requireNonNull(spec)
                .root()
                .commandLine()
                .getParseResult()
                .originalArgs();
        return "./chartlake " + words.stream().map(PurgeCommand::quoted).collect(Collectors.joining(" ")) + " --yes";
    }

    private static String quoted(String text) {
        return text.matches("[\\p{L}\\p{N}_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Removes it and says what was done; with its rows if {@code shown}. */
    private int remove(ObjectStore store, TableFormat format, UnfinishedPurge purge, boolean shown) throws IOException {
        Runtime machine = Runtime.getRuntime();
        PurgeJob job = new PurgeJob(
                store, new FilePublisher(store, format), machine.availableProcessors(), machine.maxMemory() / 5 * 4);
        ProgressLine progress = new ProgressLine(System.err, "Purging");
        purge.begin(store);
        PurgeJob.Result result = job.run(purge.selection(), progress);
        UnfinishedPurge.end(store);
        progress.end();
        boolean whole = !(store instanceof LocalStore local) || Compacting.run(local);
        PurgeRows rows = new PurgeRows(result.removed(), lake.settings().labels());
        if (shown) {
            output.print(rows::print);
        }
        result.failures().forEach(System.err::println);
        System.err.println("Removed " + rows.total() + ". "
                + days(
                        result.gone().size(),
                        "left the lake",
                        result.again().size(),
                        "computed again from the raw objects that are left"));
        PurgedWarehouses.notes(store, result).forEach(System.err::println);
        return whole && result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private static String days(long gone, String goes, long again, String stays) {
        return "Days: " + gone + " " + goes + ", " + again + " " + stays + ".";
    }
}

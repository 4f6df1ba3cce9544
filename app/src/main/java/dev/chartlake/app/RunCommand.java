package dev.chartlake.app;

import dev.chartlake.app.account.PersonalOptions;
import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.jobs.LoadJob;
import dev.chartlake.app.jobs.Transforming;
import dev.chartlake.app.jobs.Warehouses;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.ExtractLines;
import dev.chartlake.jobs.CooldownPolicy;
import dev.chartlake.load.Loader;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: all steps. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Extracts the lists, transforms what waits, and loads what is new into the warehouses of the configuration, if it"
                    + " has any. What could not be extracted does not keep the rest waiting; the exit code is that of the"
                    + " worst step."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private PersonalOptions personal = new PersonalOptions();

    @Option(
            names = "--ignore-cooldown",
            description = "Ask Spotify even though it wanted to be left alone until later.")
    private boolean ignoreCooldown;

    @Option(names = "--format", paramLabel = "parquet|csv", description = "Format of the tables. Default: parquet")
    private @Nullable String format;

    @Parameters(
            paramLabel = "LIST",
            arity = "0..*",
            description =
                    "Playlists: id, spotify:playlist:ID, link, or a name of chartlake.yaml. Default: 'lists' in the configuration")
    private List<String> lists = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var command = Objects.requireNonNull(spec).commandLine();
        var tableFormat = Transforming.tableFormat(format, lake.settings());
        var rules = lake.settings().quality();
        var warehouses = new Warehouses(lake.settings(), lake.where());
        int extracted;
        try {
            var policy = ignoreCooldown ? CooldownPolicy.IGNORE : CooldownPolicy.KEEP;
            var lines = new ExtractLines(command.getOut(), command.getErr());
            extracted = new Extracting(lake, profile.named(), personal, policy, Clock.systemUTC(), lines).others(lists);
        } catch (Failure e) {
            if (e.exitCode() == ExitCode.USAGE) {
                throw e;
            }
            command.getErr().println(e.getMessage());
            extracted = e.exitCode();
        }
        int transformed = new Transforming(lake.store(), tableFormat, rules, System.out).run();
        int worst = Math.max(extracted, transformed);
        if (warehouses.configured().isEmpty()) {
            return worst;
        }
        var loads = new LoadJob(lake, warehouses, System.out);
        return Math.max(worst, loads.load(warehouses.configured(), Loader.Days.NEW, Set.of()));
    }
}

package dev.chartlake.app;

import dev.chartlake.app.account.PersonalOptions;
import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.ExtractLines;
import dev.chartlake.jobs.CooldownPolicy;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes snapshots of playlists. */
@Command(
        name = "extract",
        description = "Takes a snapshot of each list from the Spotify Web API and archives it as received.",
        mixinStandardHelpOptions = true)
final class ExtractCommand implements Callable<Integer> {

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
        CommandLine command = command().commandLine();
        CooldownPolicy policy = ignoreCooldown ? CooldownPolicy.IGNORE : CooldownPolicy.KEEP;
        ExtractLines lines = new ExtractLines(command.getOut(), command.getErr());
        return new Extracting(lake, profile.named(), personal, policy, Clock.systemUTC(), lines).all(lists);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("Not run by the command line");
        }
        return spec;
    }
}

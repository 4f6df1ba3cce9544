package dev.chartlake.app;

import dev.chartlake.app.jobs.ExtractJob;
import dev.chartlake.app.lake.LakeOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        return new ExtractJob(
                        command().commandLine().getOut(),
                        command().commandLine().getErr())
                .take(lake, lists, ignoreCooldown);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("Not run by the command line");
        }
        return spec;
    }
}

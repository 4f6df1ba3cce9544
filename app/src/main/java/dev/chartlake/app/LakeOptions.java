package dev.chartlake.app;

import dev.chartlake.store.LocalStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options every command has: where the lake is, and the configuration file. */
public final class LakeOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            description = "Folder of the lake. Default: CHARTLAKE_LAKE, then 'lake' in the configuration, then ./lake")
    private @Nullable String lake;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file. Default: ./chartlake.yaml when it is there")
    private @Nullable Path config;

    /** The settings: flag, environment, file, default, in this order. */
    public Settings settings() {
        var environment = new HashMap<>(System.getenv());
        if (lake != null) {
            environment.put(Settings.LAKE, lake);
        }
        return Settings.load(Optional.ofNullable(config), environment);
    }

    /** The flag as it was given, for commands in messages; empty if there was none. */
    String flag() {
        return lake == null ? "" : " --lake " + lake;
    }

    /** The store of the lake. */
    public LocalStore store() {
        return store(lake != null ? lake : settings().lake());
    }

    /** The store of the lake at {@code where}. Throws {@link Failure} if there cannot be one. */
    static LocalStore store(String where) {
        if (where.startsWith("s3://")) {
            throw new Failure(
                    ExitCode.USAGE, "A lake on S3 is not supported by this version: " + where + ". Name a folder.");
        }
        return new LocalStore(Path.of(where));
    }
}

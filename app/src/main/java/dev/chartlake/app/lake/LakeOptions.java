package dev.chartlake.app.lake;

import dev.chartlake.app.settings.Environment;
import dev.chartlake.app.settings.LakePath;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.lists.ListNameSearch;
import dev.chartlake.lists.NamedList;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.VisibleText;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command has: where the lake is, and the configuration file. */
public final class LakeOptions {

    @Option(
            names = "--lake",
            paramLabel = "DIR|s3://…",
            description = "Folder of the lake, or s3://bucket/prefix. Default: CHARTLAKE_LAKE, then 'lake' in the"
                    + " configuration, then ./lake")
    private @Nullable String lake;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file. Default: ./chartlake.yaml or ./chartlake.yml when it is there")
    private @Nullable Path config;

    private @Nullable Settings settings;
    private @Nullable RemoteLake remote;

    /** To be set by picocli. */
    public LakeOptions() {}

    public LakeOptions(@Nullable String lake, @Nullable Path config) {
        this.lake = lake;
        this.config = config;
    }

    /** The settings: flag, environment, file, default, in this order. Read once. */
    public Settings settings() {
        if (settings == null) {
            var environment = new HashMap<>(Environment.variables());
            if (lake != null) {
                environment.put(Settings.LAKE, checked(lake));
            }
            settings = Settings.load(Optional.ofNullable(config), environment);
        }
        return settings;
    }

    /** What {@code --lake} names. */
    private static String checked(String lake) {
        try {
            return LakePath.of(lake, Path.of(""), Environment.variables());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--lake: " + e.getMessage() + ".");
        }
    }

    /** Opened once, because its connections are kept. */
    private RemoteLake remote() throws IOException {
        if (remote == null) {
            remote = RemoteLake.open(where());
        }
        return remote;
    }

    /** Where the lake is: a folder or an address. */
    public String where() {
        return settings().lake();
    }

    /** The store of the lake, to be written. */
    public ObjectStore store() throws IOException {
        return LakePath.isRemote(where()) ? remote().store() : local(where());
    }

    /** As {@link #store()}, for what makes no sense where no lake is. Throws {@link Failure} if the folder is not there. */
    public ObjectStore existing() throws IOException {
        return LakePath.isRemote(where()) ? remote().store() : there(where());
    }

    /**
     * A folder that holds the lake's committed days as they are now: the lake itself, or a copy of one elsewhere. Throws
     * {@link Failure} if the folder is not there.
     */
    public LocalStore readable() throws IOException {
        return LakePath.isRemote(where()) ? remote().refreshed() : there(where());
    }

    /** What is in the lake. */
    public LakeStatus status(QualityRules rules) throws IOException {
        return LakePath.isRemote(where()) ? remote().status(rules) : LakeStatus.of(local(where()), rules);
    }

    /** The id of the list in this lake that {@code text} names. Throws {@link Failure} if it names none or several. */
    public String listId(String text) throws IOException {
        try {
            return PlaylistRef.parse(text).id();
        } catch (IllegalArgumentException e) {
            // It can be a name.
        }
        ListLabels labels = settings().labels();
        List<NamedList> lists = status(QualityRules.DEFAULT).lists().stream()
                .map(list -> new NamedList(
                        list.source(),
                        labels.of(list.playlistId()),
                        labels.of(list.playlistId()).name(list.name())))
                .toList();
        if (lists.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "There is no list in this lake yet. Run extract or import, and then transform.");
        }
        try {
            return new ListNameSearch(lists).named(text).id();
        } catch (ListNameException e) {
            throw new Failure(ExitCode.USAGE, VisibleText.of(String.valueOf(e.getMessage())));
        }
    }

    /** Keeps {@link #readable} as the lake is while a command serves it; a folder needs nothing. */
    public void keepReadable() throws IOException {
        if (LakePath.isRemote(where())) {
            remote().keepRefreshed(RemoteLake.REFRESH);
        }
    }

    /** The store of a lake in the folder that {@code --lake} names. Throws {@link Failure} if it names no folder. */
    public static LocalStore folder(String lake) {
        String where = checked(lake);
        if (LakePath.isRemote(where)) {
            throw new Failure(ExitCode.USAGE, "This works in a folder only: " + where + ". Name a folder.");
        }
        return local(where);
    }

    /** A mistyped name must not look like a lake that is empty. */
    private static LocalStore there(String where) {
        LocalStore store = local(where);
        if (!Files.exists(store.root())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "There is no lake at " + store.root() + ". Name another folder with --lake, or begin a lake there: "
                            + Hint.command("import FILE", store.root()));
        }
        return store;
    }

    /** Throws {@link Failure} if something else than a folder is there. */
    private static LocalStore local(String where) {
        LocalStore store = new LocalStore(Path.of(where));
        if (Files.exists(store.root()) && !Files.isDirectory(store.root())) {
            throw new Failure(
                    ExitCode.USAGE, "Not a folder: " + store.root() + ". Name the folder of a lake with --lake.");
        }
        return store;
    }
}

package dev.chartlake.app.settings;

import dev.chartlake.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder of this machine's user in which Chartlake keeps what belongs to no lake. */
public final class MachineFolder {

    /** Names another folder. */
    public static final String HOME = "CHARTLAKE_HOME";

    private MachineFolder() {}

    /** The folder, which its first file makes; empty if the user has none that can be written, as in some containers. */
    public static Optional<LocalStore> of(Map<String, String> environment) {
        return named(environment).filter(MachineFolder::isWritable).map(LocalStore::new);
    }

    /** The folder that the environment names; empty if it names none. A {@code ~} at its start is the home folder. */
    public static Optional<Path> own(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(HOME, "").strip())
                .filter(named -> !named.isEmpty())
                .map(named -> Path.of(LakePath.expanded(named, environment)));
    }

    private static boolean isWritable(Path folder) {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at) && Files.isWritable(at);
            }
        }
        return false;
    }

    private static Optional<Path> named(Map<String, String> environment) {
        Optional<Path> own = own(environment);
        if (own.isPresent()) {
            return own;
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "").strip();
        if (state.startsWith("/")) {
            return Optional.of(Path.of(state, "chartlake"));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".local", "state", "chartlake"));
    }
}

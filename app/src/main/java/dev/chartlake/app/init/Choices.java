package dev.chartlake.app.init;

import dev.chartlake.app.settings.LakePath;
import dev.chartlake.app.settings.WarehouseSettings;
import dev.chartlake.model.PlaylistRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the user chose.
 *
 * @param lake where the lake is, as it was typed
 * @param lists the playlists
 * @param files chart files, and folders of them
 */
record Choices(
        String lake, List<PlaylistRef> lists, List<Path> files, SignIn signIn, Schedule schedule, String warehouse) {

    /** The usual place, below the configuration file. */
    static final String LAKE = "lake";

    /** The warehouse of who wants none. */
    static final String NONE = "none";

    /** Who asks Spotify. */
    enum SignIn {
        USER,
        APP,
        NONE
    }

    /** How often a scheduler is to run it. */
    enum Schedule {
        DAILY,
        WEEKLY,
        NONE
    }

    /** Where the lake is to be. Throws {@link IllegalArgumentException} if {@code text} names no such place. */
    static String lake(String text) {
        LakePath.of(text, Path.of(""), Map.of());
        return text;
    }

    /** Throws {@link IllegalArgumentException} if one of {@code texts} is neither a playlist nor a file that is there. */
    static Sources sources(List<String> texts) {
        List<PlaylistRef> lists = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String text : texts) {
            if (Files.exists(Path.of(text))) {
                files.add(Path.of(text));
                continue;
            }
            PlaylistRef list;
            try {
                list = PlaylistRef.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        e.getMessage() + " For a chart file, give the name of one that is there.", e);
            }
            if (!lists.contains(list)) {
                lists.add(list);
            }
        }
        return new Sources(lists, files);
    }

    /** Where snapshots come from. */
    record Sources(List<PlaylistRef> lists, List<Path> files) {}

    /** A warehouse, or {@link #NONE}. Throws {@link IllegalArgumentException} if {@code text} is neither. */
    static String warehouse(String text) {
        return text.equals(NONE) ? text : WarehouseSettings.known(text);
    }
}

package dev.chartlake.intake.names;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a file and the folders above it. */
public final class FilePath {

    private static final Pattern EXTENSION =
            Pattern.compile("(?i)\\.(?:json|jsonl|ndjson|csv|tsv|txt|gz|gzip|zip)(?: ?\\(\\d+\\)| - copy)?$");

    private final List<String> names;
    private final String stem;

    /** The file's name comes last. */
    public FilePath(List<String> names) {
        this.names = names;
        this.stem = withoutExtensions(names.get(names.size() - 1));
    }

    /** All names, the file's name last. */
    List<String> names() {
        return names;
    }

    /** The name of the folder so many levels above the file, {@link #stem} for 0, or empty if there is none. */
    String folder(int levels) {
        int index = names.size() - 1 - levels;
        return levels == 0 ? stem : index >= 0 ? names.get(index) : "";
    }

    /** The file's name without its extensions, with the characters back that addresses encode. */
    public String stem() {
        return stem;
    }

    private static String withoutExtensions(String file) {
        String stem =
                file.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%20", " ");
        for (Matcher m = EXTENSION.matcher(stem); m.find(); m = EXTENSION.matcher(stem)) {
            stem = stem.substring(0, m.start());
        }
        return stem;
    }
}

package dev.chartlake.app.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a lake is, as people write it: {@code s3://bucket/prefix}, or a folder, which can begin with {@code ~}. */
public final class LakePath {

    private static final String S3 = "s3://";

    /** Two letters at least: {@code C:/} is a drive. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);

    private LakePath() {}

    /**
     * The address or folder that {@code text} names. A relative folder is below {@code base}.
     *
     * @throws IllegalArgumentException with a message for the user if it names neither
     */
    public static String of(String text, Path base, Map<String, String> environment) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty. Name a folder, or s3://bucket/prefix");
        }
        if (isRemote(text)) {
            return text;
        }
        if (SCHEME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a place for a lake. Name a folder, or s3://bucket/prefix");
        }
        return base.resolve(expanded(text, environment)).toString();
    }

    /** A shell expands {@code ~} only at the start of a word, so {@code --lake=~/x} arrives as it is. */
    static String expanded(String text, Map<String, String> environment) {
        if (!text.startsWith("~")) {
            return text;
        }
        if (text.length() > 1 && text.charAt(1) != '/' && text.charAt(1) != '\\') {
            throw new IllegalArgumentException("'" + text + "' begins with ~ and a name, which is not expanded."
                    + " Write the whole path, or ./" + text + " for a folder of that name");
        }
        String home = environment.getOrDefault("HOME", "");
        return (home.isEmpty() ? System.getProperty("user.home", ".") : home) + text.substring(1);
    }

    /** True for an address of S3. */
    public static boolean isRemote(String where) {
        return where.startsWith(S3);
    }
}

package dev.chartlake.intake.names;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the files of an account export that hold lists and plays from the others, which hold nothing but personal data, such
 * as payments. These are never read.
 */
public final class AccountFiles {

    private static final Set<String> FOLDERS =
            Set.of("spotify extended streaming history", "spotify account data", "spotify technical log information");

    private static final Pattern WANTED =
            Pattern.compile("(?:streaming_?history|endsong|playlist\\d*|yourlibrary\\d*).*", Pattern.CASE_INSENSITIVE);

    private static final Set<String> PERSONAL = Set.of(
            "userdata.json",
            "userdatachanges.json",
            "useraddress.json",
            "payments.json",
            "inferences.json",
            "identity.json",
            "identifiers.json",
            "follow.json",
            "familyplan.json",
            "duonewfamily.json",
            "searchqueries.json",
            "voiceinput.json",
            "marquee.json",
            "messagedata.json");

    private AccountFiles() {}

    /** True for a file that is of an account export and holds neither lists nor plays, by its name and its folders. */
    public static boolean isPersonal(List<String> path) {
        String name = path.get(path.size() - 1).toLowerCase(Locale.ROOT);
        return PERSONAL.contains(name)
                || name.endsWith(".json")
                        && isInExport(path)
                        && !WANTED.matcher(name).matches();
    }

    private static boolean isInExport(List<String> path) {
        return path.subList(0, path.size() - 1).stream()
                .anyMatch(folder -> FOLDERS.contains(folder.toLowerCase(Locale.ROOT)));
    }
}

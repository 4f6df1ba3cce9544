package dev.chartlake.intake;

import dev.chartlake.normalise.Texts;
import dev.chartlake.raw.RawKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's name and folders say: which list, and when.
 *
 * @param path the names of the folders and the file, the file last
 */
record NameHints(List<String> path) {

    /** 2023-05-19, 2023-05-19 10:44:00.123456, 2023-05-19T10-44-00, 20230519, 20230519_104400, … */
    private static final Pattern TIME = Pattern.compile("(?<!\\d)((?:19|20)\\d{2})([-_]?)(\\d{2})\\2(\\d{2})"
            + "(?:[T _-]?(\\d{2})([-:_.h]?)(\\d{2})(?:\\6(\\d{2}))?(?:[.,]\\d+)?Z?)?(?!\\d)");

    /** regional-no-weekly-2025-11-27.csv, also as a browser's second copy; with a range in old weekly files. */
    private static final Pattern CHART = Pattern.compile(
            "([a-z0-9_-]+?)-(?:(\\d{4}-\\d{2}-\\d{2})(?:--(\\d{4}-\\d{2}-\\d{2}))?|latest)(?: ?\\(\\d+\\))?\\.csv",
            Pattern.CASE_INSENSITIVE);

    private String file() {
        return path.get(path.size() - 1);
    }

    /** The name of the folder {@code levels} above the file, or empty. */
    private String folder(int levels) {
        int index = path.size() - 1 - levels;
        return index >= 0 ? path.get(index) : "";
    }

    /** The key of a file that lies in the layout of a lake already. */
    Optional<RawKey> rawKey() {
        return path.size() < 4
                ? Optional.empty()
                : RawKey.parse(String.join("/", path.subList(path.size() - 4, path.size())));
    }

    /** The chart's alias, such as {@code regional-no-weekly}. */
    Optional<String> chart() {
        Matcher m = CHART.matcher(file());
        return m.matches() ? Optional.of(m.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** The playlist's id, if the file or one of the two folders above it is named after it. */
    Optional<String> playlist() {
        String name = file();
        int dot = name.indexOf('.');
        return List.of(folder(1), folder(2), dot < 0 ? name : name.substring(0, dot)).stream()
                .filter(Texts::isId)
                .findFirst();
    }

    /** When the file was observed: from its own name, else from a folder named after a day. UTC. */
    Optional<Instant> observedAt() {
        Matcher chart = CHART.matcher(file());
        if (chart.matches() && chart.group(3) != null) {
            // The old weekly files name the Friday after their week; charts are dated by their last day.
            return date(chart.group(3))
                    .map(end -> end.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        Optional<Instant> own = time(file());
        return own.isPresent()
                ? own
                : date(folder(1)).map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String name) {
        Matcher m = TIME.matcher(name);
        while (m.find()) {
            try {
                LocalDate day = LocalDate.of(number(m, 1), number(m, 3), number(m, 4));
                LocalTime time = m.group(5) == null
                        ? LocalTime.MIDNIGHT
                        : LocalTime.of(number(m, 5), number(m, 7), m.group(8) == null ? 0 : number(m, 8));
                return Optional.of(day.atTime(time).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                // Digits that are no date; perhaps a later run of them is.
            }
        }
        return Optional.empty();
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}

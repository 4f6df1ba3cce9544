package dev.chartlake.intake.names;

import dev.chartlake.entry.Texts;
import dev.chartlake.raw.RawKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file's name and folders say: which list, and when. */
public final class NameHints {

    /** A playlist's folder may stand above the four that say the hour. */
    private static final int PLAYLIST_FOLDERS = PathDates.FOLDERS + 1;

    private static final Pattern ID = Pattern.compile("(?<![0-9A-Za-z])[0-9A-Za-z]{22}(?![0-9A-Za-z])");
    private static final Pattern TIME_STAMP = Pattern.compile("\\d{8}T?\\d+Z?");
    private static final Pattern PACKED = Pattern.compile("\\.(?:gz|gzip)$", Pattern.CASE_INSENSITIVE);

    private final FilePath path;
    private final ChartNames charts;
    private final NameDate date;

    public NameHints(FilePath path, ReadNames names) {
        this.path = path;
        this.charts = new ChartNames(path, names);
        this.date = new PathDates(path, names).read();
    }

    /** The key of a file that lies in the layout of a lake already. */
    public Optional<RawKey> rawKey() {
        int size = path.names().size();
        return size < 4
                ? Optional.empty()
                : RawKey.parse(PACKED.matcher(String.join("/", path.names().subList(size - 4, size)))
                        .replaceFirst(""));
    }

    /** Which chart it is. */
    public ChartNames chart() {
        return charts;
    }

    /** When it was observed. */
    public NameDate date() {
        return date;
    }

    /** The playlist's id: in the file's name, or in that of the nearest folder that has one. */
    public Optional<String> playlist() {
        for (int level = 0; level <= PLAYLIST_FOLDERS; level++) {
            List<String> ids = ids(path.folder(level));
            if (!ids.isEmpty()) {
                return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<String> ids(String name) {
        return ID.matcher(name)
                .results()
                .map(match -> match.group())
                .filter(text -> Texts.isId(text) && !isTimeStamp(text))
                .distinct()
                .toList();
    }

    private static boolean isTimeStamp(String text) {
        Matcher matcher = TIME_STAMP.matcher(text);
        return matcher.matches();
    }
}

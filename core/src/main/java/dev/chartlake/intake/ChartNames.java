package dev.chartlake.intake;

import dev.chartlake.normalise.Part.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which chart a file is from its name, and what is missing there from the folders above it. The name of a chart is
 * {@code <type>-<region>-<period>}, such as {@code regional-no-weekly}.
 */
final class ChartNames {

    private static final String TYPES = "(regional|viral|city|artist|album)";
    private static final Pattern WHOLE = Pattern.compile(
            "(?<![A-Za-z0-9])" + TYPES + "[-_ ]+(.{1,40}?)[-_ ]+(daily|weekly)(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARTITION = Pattern.compile("([A-Za-z_]+)=(.*)");
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9_]+");
    private static final Pattern COPY_NUMBER = Pattern.compile("\\d{1,3}");

    /** Words that say nothing about which chart it is. */
    private static final Set<String> NOISE = Set.of(
            "spotify",
            "spotifycharts",
            "charts",
            "chart",
            "com",
            "www",
            "top",
            "top50",
            "top100",
            "top200",
            "songs",
            "song",
            "tracks",
            "track",
            "list",
            "data",
            "csv",
            "download",
            "export",
            "the",
            "of",
            "in",
            "to",
            "from",
            "copy",
            "kopi",
            "kopie",
            "latest",
            "week",
            "ending");

    private final FilePath path;
    private final DayOrder order;
    private @Nullable String type;
    private @Nullable String region;
    private @Nullable String period;
    /** The region is two letters that are a folder's whole name, which may mean anything. */
    private boolean vague;

    ChartNames(FilePath path, DayOrder order) {
        this.path = path;
        this.order = order;
        read(path.stem(), 0);
        for (int level = 1; level <= PathDates.FOLDERS; level++) {
            read(path.folder(level), level);
        }
    }

    /** True if the names say the type, such as viral. */
    boolean saysType() {
        return type != null;
    }

    /** The chart's name, or null if the region or the period is in no name and {@code inHeader} is null. */
    @Nullable String chart(@Nullable Period inHeader) {
        boolean regionIsClear = !vague || period != null || type != null;
        String often = period != null
                ? period
                : inHeader == null ? null : inHeader.name().toLowerCase(Locale.ROOT);
        return region == null || !regionIsClear || often == null
                ? null
                : (type == null ? "regional" : type) + "-" + region + "-" + often;
    }

    private void read(String name, int level) {
        Matcher partition = PARTITION.matcher(name);
        if (level > 0 && partition.matches()) {
            partition(partition.group(1).toLowerCase(Locale.ROOT), partition.group(2));
            return;
        }
        String text = DateText.without(name, order);
        Matcher whole = WHOLE.matcher(text);
        if (whole.find()) {
            String where = region(whole.group(2));
            if (where != null) {
                offer(whole.group(1), where, whole.group(3));
                return;
            }
        }
        words(text, level);
    }

    private static @Nullable String region(String text) {
        String code = Regions.code(text);
        String lower = text.toLowerCase(Locale.ROOT);
        return code != null ? code : SEGMENT.matcher(lower).matches() ? lower : null;
    }

    private void partition(String key, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        switch (key) {
            case "country", "region", "market" -> offer(null, Regions.code(value), null);
            case "period", "recurrence", "frequency", "interval" -> offer(null, null, period(lower));
            case "type", "chart", "chart_type", "list" -> words(value, 1);
            default -> {}
        }
    }

    private static @Nullable String period(String lower) {
        return switch (lower) {
            case "daily", "day", "d" -> "daily";
            case "weekly", "week", "w" -> "weekly";
            default -> null;
        };
    }

    /** Words in any order, if all of them are known: a word that is not may give another one its meaning. */
    private void words(String text, int level) {
        Matcher whole = WHOLE.matcher(text);
        if (whole.matches() && region(whole.group(2)) != null) {
            offer(whole.group(1), region(whole.group(2)), whole.group(3));
            return;
        }
        String newType = null;
        String newPeriod = null;
        List<String> left = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.equals("daily") || word.equals("weekly")) {
                newPeriod = word;
            } else if (word.equals("regional") || word.equals("viral")) {
                newType = word;
            } else if (!word.isEmpty()
                    && !NOISE.contains(word)
                    && !COPY_NUMBER.matcher(word).matches()) {
                left.add(word);
            }
        }
        String newRegion = left.isEmpty() ? null : Regions.code(String.join("", left));
        if (!left.isEmpty() && newRegion == null) {
            return;
        }
        boolean alone = level > 0 && newType == null && newPeriod == null && left.size() == 1;
        vague |= region == null && newRegion != null && alone && left.get(0).length() == 2;
        offer(newType, newRegion, newPeriod);
    }

    /** The nearest name counts. */
    private void offer(@Nullable String newType, @Nullable String newRegion, @Nullable String newPeriod) {
        type = type != null || newType == null ? type : newType.toLowerCase(Locale.ROOT);
        region = region != null ? region : newRegion;
        period = period != null || newPeriod == null ? period : newPeriod.toLowerCase(Locale.ROOT);
    }
}

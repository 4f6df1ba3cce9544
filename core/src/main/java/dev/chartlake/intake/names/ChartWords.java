package dev.chartlake.intake.names;

import dev.chartlake.lists.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one name says of the chart that a file is.
 *
 * @param type such as {@code viral}, or null
 * @param region two letters or {@code global}, or another name of a region, or null
 * @param period {@code daily} or {@code weekly}, or null
 * @param vague true if the region is two letters that are a folder's whole name, which may mean anything
 */
record ChartWords(
        @Nullable String type,
        @Nullable String region,
        @Nullable String period,
        boolean vague) {

    private static final ChartWords NOTHING = new ChartWords(null, null, null, false);

    private static final String TYPES = "(regional|viral|city|artist|album)";
    private static final Pattern WHOLE = Pattern.compile(
            "(?<![A-Za-z0-9])" + TYPES + "[-_ ]+(.{1,40}?)[-_ ]+(daily|weekly)(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARTITION = Pattern.compile("([A-Za-z_]+)=(.*)");
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9_]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
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

    /** Of the name of a file without its extension. */
    static ChartWords ofFile(String name, ReadNames names) {
        return of(name, false, names);
    }

    /** Of the name of a folder. */
    static ChartWords ofFolder(String name, ReadNames names) {
        Matcher partition = PARTITION.matcher(name);
        return partition.matches()
                ? partition(partition.group(1).toLowerCase(Locale.ROOT), partition.group(2))
                : of(name, true, names);
    }

    private static ChartWords of(String name, boolean folder, ReadNames names) {
        String text = names.dates(name).rest();
        Matcher whole = WHOLE.matcher(text);
        if (whole.find()) {
            String where = region(whole.group(2));
            if (where != null) {
                return said(whole.group(1), where, whole.group(3), false);
            }
        }
        return words(text, folder);
    }

    private static @Nullable String code(String text) {
        Market market = Market.of(text);
        return market == null ? null : market.region();
    }

    private static @Nullable String region(String text) {
        String code = code(text);
        String lower = text.toLowerCase(Locale.ROOT);
        return code != null ? code : SEGMENT.matcher(lower).matches() ? lower : null;
    }

    private static ChartWords partition(String key, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "country", "region", "market" -> said(null, code(value), null, false);
            case "period", "recurrence", "frequency", "interval" -> said(null, null, period(lower), false);
            case "type", "chart", "chart_type", "list" -> words(value, true);
            default -> NOTHING;
        };
    }

    private static @Nullable String period(String lower) {
        return switch (lower) {
            case "daily", "day", "d" -> "daily";
            case "weekly", "week", "w" -> "weekly";
            default -> null;
        };
    }

    /** Words in any order, if all of them are known: a word that is not may give another one its meaning. */
    private static ChartWords words(String text, boolean folder) {
        Matcher whole = WHOLE.matcher(text);
        if (whole.matches() && region(whole.group(2)) != null) {
            return said(whole.group(1), region(whole.group(2)), whole.group(3), false);
        }
        String type = null;
        String period = null;
        List<String> left = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (word.equals("daily") || word.equals("weekly")) {
                period = word;
            } else if (word.equals("regional") || word.equals("viral")) {
                type = word;
            } else if (!word.isEmpty()
                    && !NOISE.contains(word)
                    && !COPY_NUMBER.matcher(word).matches()) {
                left.add(word);
            }
        }
        String region = left.isEmpty() ? null : code(String.join("", left));
        if (!left.isEmpty() && region == null) {
            return NOTHING;
        }
        boolean alone = folder && type == null && period == null && left.size() == 1;
        return said(type, region, period, region != null && alone && left.get(0).length() == 2);
    }

    private static ChartWords said(
            @Nullable String type, @Nullable String region, @Nullable String period, boolean vague) {
        return new ChartWords(
                type == null ? null : type.toLowerCase(Locale.ROOT),
                region,
                period == null ? null : period.toLowerCase(Locale.ROOT),
                vague);
    }
}

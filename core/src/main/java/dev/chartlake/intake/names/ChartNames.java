package dev.chartlake.intake.names;

import dev.chartlake.normalise.document.Part.Period;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads which chart a file is from its name, and what is missing there from the folders above it. The name of a chart is
 * {@code <type>-<region>-<period>}, such as {@code regional-no-weekly}.
 */
public final class ChartNames {

    private @Nullable String type;
    private @Nullable String region;
    private @Nullable String period;
    /** The region is two letters that are a folder's whole name, which may mean anything. */
    private boolean vague;

    ChartNames(FilePath path, ReadNames names) {
        offer(ChartWords.ofFile(path.stem(), names));
        for (int level = 1; level <= PathDates.FOLDERS; level++) {
            offer(names.folder(path.folder(level)));
        }
    }

    /** True if the names say the type, such as viral. */
    public boolean saysType() {
        return type != null;
    }

    /** The chart's name, or null if the region or the period is in no name and {@code inHeader} is null. */
    public @Nullable String chart(@Nullable Period inHeader) {
        boolean regionIsClear = !vague || period != null || type != null;
        String often = period != null
                ? period
                : inHeader == null ? null : inHeader.name().toLowerCase(Locale.ROOT);
        return region == null || !regionIsClear || often == null
                ? null
                : (type == null ? "regional" : type) + "-" + region + "-" + often;
    }

    /** The nearest name counts. */
    private void offer(ChartWords words) {
        vague |= region == null && words.vague();
        type = type != null ? type : words.type();
        region = region != null ? region : words.region();
        period = period != null ? period : words.period();
    }
}

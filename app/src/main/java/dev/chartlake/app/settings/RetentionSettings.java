package dev.chartlake.app.settings;

import dev.chartlake.purge.PurgeAge;
import dev.chartlake.raw.RawKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The section {@code retention} of the configuration. Throws {@link IllegalArgumentException} where it is wrong. */
public final class RetentionSettings {

    /** The sources that raw objects can have. */
    public static final List<String> SOURCES = List.of(RawKey.ACCOUNT_EXPORT, RawKey.CHARTS, RawKey.WEB_API);

    private RetentionSettings() {}

    static Map<String, PurgeAge> read(@Nullable Object section) {
        Map<String, PurgeAge> ages = new TreeMap<>();
        if (section instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String source = String.valueOf(key);
                if (!SOURCES.contains(source)) {
                    throw new IllegalArgumentException(
                            "retention: there is no source '" + source + "'. There are: " + SOURCES);
                }
                ages.put(source, age("retention." + source, value));
            });
        } else if (section != null) {
            throw new IllegalArgumentException(
                    "retention is '" + section + "'. 'source: age' lines are expected below it");
        }
        return ages;
    }

    private static PurgeAge age(String key, @Nullable Object value) {
        try {
            return PurgeAge.parse(Settings.text(key, value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}

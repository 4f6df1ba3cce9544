package dev.chartlake.views;

import dev.chartlake.lists.ListLabels;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says to the views.
 *
 * @param labels what lists are called
 * @param excluded the snapshots that are left out of history
 */
public record ViewSettings(ListLabels labels, ExcludedSnapshots excluded) {
    /** Without a configuration. */
    public static final ViewSettings DEFAULT = new ViewSettings(ListLabels.BUILT_IN, ExcludedSnapshots.NONE);

    /** The query of the view {@code name}; null for a view that does not depend on the configuration. */
    @Nullable public String query(String name) {
        if (name.equals(ExcludedSnapshots.VIEW)) {
            return excluded.query();
        }
        return LabelViews.NAMES.contains(name) ? LabelViews.queryOfDuckDb(name, labels) : null;
    }

    /** The query of the view {@code name} for an engine of this dialect, as the configuration has it. */
    public String query(String name, Dialect dialect) {
        if (name.equals(ExcludedSnapshots.VIEW)) {
            return dialect.of(excluded.query());
        }
        if (LabelViews.NAMES.contains(name)) {
            return dialect.of(LabelViews.query(name, labels));
        }
        return dialect == Dialect.DUCKDB ? Views.queryOfDuckDb(name) : dialect.of(Views.query(name));
    }
}

package dev.chartlake.views;

import static java.util.stream.Collectors.joining;

import dev.chartlake.query.SqlText;
import java.time.LocalDate;
import java.util.List;

/**
 * The snapshots that the configuration leaves out of history: of lists, on days. The tables keep them.
 *
 * @param snapshots which ones
 */
public record ExcludedSnapshots(List<Excluded> snapshots) {
    /** Nothing is left out. */
    public static final ExcludedSnapshots NONE = new ExcludedSnapshots(List.of());

    /** The view that has them. */
    static final String VIEW = "excluded_snapshots";

    /**
     * A list's snapshots of one day.
     *
     * @param list the list's id
     * @param date the day in UTC
     */
    public record Excluded(String list, LocalDate date) {}

    /** A copy of {@code snapshots}. */
    public ExcludedSnapshots {
        snapshots = List.copyOf(snapshots);
    }

    /** The query of the view. */
    String query() {
        return snapshots.isEmpty()
                ? Views.query(VIEW)
                : snapshots.stream()
                        .map(each -> "SELECT " + SqlText.literal(each.list()) + " AS playlist_id, DATE '" + each.date()
                                + "' AS snapshot_date")
                        .collect(joining(" UNION "));
    }

    /** All of them as one text, for {@link #read} in another process. */
    public String text() {
        return snapshots.stream().map(each -> each.date() + " " + each.list()).collect(joining("\n"));
    }

    /** Those of a {@link #text}. */
    public static ExcludedSnapshots read(String text) {
        return new ExcludedSnapshots(text.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Excluded(parts[1], LocalDate.parse(parts[0])))
                .toList());
    }
}

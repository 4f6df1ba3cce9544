package dev.chartlake.quality;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields that sources are known to have, read or not: Spotify's documentation and recorded answers. Some are always
 * there; others only in one dialect, with a market, or in one kind of chart, so it means nothing when they are gone.
 */
public final class KnownFields {

    private static final Set<String> ALWAYS = paths(
            "playlist: collaborative description external_urls href id images name owner public snapshot_id type uri",
            "page: href items limit next offset previous total",
            "row: added_at added_by is_local",
            "track: album artists disc_number duration_ms explicit external_urls href id is_local name track_number type uri",
            "track.album: album_type artists external_urls href id images name release_date release_date_precision"
                    + " total_tracks type uri",
            "track.artists: external_urls href id name type uri",
            "episode: description duration_ms explicit external_urls href id images name release_date"
                    + " release_date_precision show type uri",
            "chart: rank uri artist_names track_name source peak_rank previous_rank",
            "old_chart: position track_name artist streams url");

    private static final Set<String> SOMETIMES = paths(
            "playlist: followers items limit next offset previous primary_color total tracks",
            "row: item primary_color track video_thumbnail",
            "track: available_markets episode external_ids is_playable linked_from popularity preview_url restrictions"
                    + " track",
            "track.album: album_group available_markets copyrights external_ids genres is_playable label popularity"
                    + " restrictions tracks",
            "track.artists: followers genres images popularity",
            "episode: album artists audio_preview_url available_markets disc_number episode external_ids"
                    + " html_description is_externally_hosted is_local is_playable language languages popularity"
                    + " preview_url restrictions resume_point track track_number",
            "chart: days_on_chart streams weeks_on_chart");

    private KnownFields() {}

    /** True for a field that a source is known to have. */
    public static boolean isKnown(String path) {
        return ALWAYS.contains(path) || SOMETIMES.contains(path);
    }

    /** True for a field that is there wherever its level is. */
    public static boolean isAlwaysThere(String path) {
        return ALWAYS.contains(path);
    }

    /** What stands before the last dot of a path; empty if there is none. */
    public static String level(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private static Set<String> paths(String... levels) {
        return Arrays.stream(levels)
                .flatMap(level -> Arrays.stream(
                                level.substring(level.indexOf(':') + 2).split(" "))
                        .map(name -> level.substring(0, level.indexOf(':')) + "." + name))
                .map(path -> path.equals("old_chart.track_name") ? "old_chart.track name" : path)
                .collect(Collectors.toUnmodifiableSet());
    }
}

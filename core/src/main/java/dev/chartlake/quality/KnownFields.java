package dev.chartlake.quality;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields that sources are known to have, read or not: Spotify's documentation and recorded answers. Some are always
 * there; others only in one dialect, with a market, or in one kind of chart, so it means nothing when they are gone.
 */
public final class KnownFields {

    /** Columns that public data sets of charts add. */
    private static final String DATA_SETS =
            "date snapshot_date daily_rank daily_movement weekly_movement spotify_id name"
                    + " artists country popularity is_explicit explicit duration_ms album album_name album_release_date release_date"
                    + " danceability energy key loudness mode speechiness acousticness instrumentalness liveness valence tempo"
                    + " time_signature";

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
            "old_chart: position track_name artist streams url",
            "extended_play: ts platform ms_played conn_country master_metadata_track_name"
                    + " master_metadata_album_artist_name master_metadata_album_album_name spotify_track_uri"
                    + " reason_start reason_end shuffle skipped offline",
            "short_play: endTime msPlayed",
            "recent_play: played_at context");

    private static final Set<String> SOMETIMES = paths(
            "playlist: followers items limit next num_followers offset original_name playlist playlist_id previous"
                    + " primary_color total tracks unique_name url",
            "page: playlist playlist_id",
            "row: item primary_color track video_thumbnail",
            "track: added_at added_by available_markets episode external_ids is_playable linked_from popularity"
                    + " preview_url restrictions track url",
            "track.album: album_group available_markets copyrights external_ids genres is_playable label popularity"
                    + " restrictions tracks url",
            "track.artists: followers genres images popularity url",
            "episode: album artists audio_preview_url available_markets disc_number episode external_ids"
                    + " html_description is_externally_hosted is_local is_playable language languages popularity"
                    + " preview_url restrictions resume_point track track_number",
            "chart: days_on_chart streams weeks_on_chart artist artist_id artists chart chart_date country id market name"
                    + " region song title track track_id track_url trend url week",
            "chart: " + DATA_SETS,
            "old_chart: country date region chart market album " + DATA_SETS,
            "extended_play: username ip_addr ip_addr_decrypted user_agent_decrypted city region metro_code longitude"
                    + " latitude episode_name episode_show_name spotify_episode_uri audiobook_title audiobook_uri"
                    + " audiobook_chapter_uri audiobook_chapter_title offline_timestamp incognito_mode",
            "short_play: artistName trackName podcastName episodeName audiobookName chapterName",
            "recent_play: track item",
            "account_list: playlists name lastModifiedDate collaborators description numberOfFollowers items tracks"
                    + " albums shows episodes bannedTracks artists bannedArtists other",
            "account_row: track episode audiobook localTrack addedDate",
            "account_item: trackName artistName albumName trackUri episodeName showName episodeUri artist album track"
                    + " uri name",
            "displayChart: chartMetadata date description",
            "entry: albumMetadata artistMetadata chartEntryData missingRequiredFields trackMetadata",
            "chartEntryData: appearancesOnChart consecutiveAppearancesOnChart currentRank entryDate entryRank entryStatus"
                    + " peakDate peakRank previousRank rankingMetric",
            "trackMetadata: artists displayImageUri durationMs labels producers releaseDate songWriters trackName trackUri");

    private KnownFields() {}

    /** True for a field that a source is known to have. */
    public static boolean isKnown(String path) {
        return ALWAYS.contains(words(path)) || SOMETIMES.contains(words(path));
    }

    /** True for a field that is there wherever its level is. */
    public static boolean isAlwaysThere(String path) {
        return ALWAYS.contains(words(path));
    }

    /** Columns have blanks between words in one file and underscores in another. */
    private static String words(String path) {
        return path.replace(' ', '_');
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
                .collect(Collectors.toUnmodifiableSet());
    }
}

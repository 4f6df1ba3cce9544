package dev.chartlake.views;

/** By what histories go, in views and reports that have both forms. */
public enum HistoryForm {
    /** Spotify's ids. */
    SONG("song_id", "", "", "song_id"),
    /** Recordings, each of which may have had several ids. */
    RECORDING("recording_id", "_by_recording", "recording_id,", "min_by(song_id, position) AS song_id");

    private final String key;
    private final String suffix;
    private final String column;
    private final String best;

    HistoryForm(String key, String suffix, String column, String best) {
        this.key = key;
        this.suffix = suffix;
        this.column = column;
        this.best = best;
    }

    /** What the names of this form's views end with. */
    public String suffix() {
        return suffix;
    }

    /**
     * The SQL in this form: with its {@code {key}}, {@code {form}}, {@code {recording}} column, and the {@code {best song}}
     * of a group of entries, which is the key itself where that is the song.
     */
    public String of(String sql) {
        return sql.replace("{key}", key)
                .replace("{form}", suffix)
                .replace("{recording}", column)
                .replace("{best song}", best);
    }
}

package dev.chartlake.sql;

/** By what histories go, in views and reports that have both forms. */
public enum Form {
    /** Spotify's ids. */
    SONG("song_id", "", ""),
    /** Recordings, each of which may have had several ids. */
    RECORDING("recording_id", "_by_recording", "recording_id,");

    private final String key;
    private final String suffix;
    private final String column;

    Form(String key, String suffix, String column) {
        this.key = key;
        this.suffix = suffix;
        this.column = column;
    }

    /** What the names of this form's views end with. */
    String suffix() {
        return suffix;
    }

    /** The SQL in this form: with its {@code {key}}, {@code {form}} and {@code {recording}} column. */
    public String of(String sql) {
        return sql.replace("{key}", key).replace("{form}", suffix).replace("{recording}", column);
    }
}

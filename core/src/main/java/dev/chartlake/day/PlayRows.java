package dev.chartlake.day;

import dev.chartlake.day.DayColumns.PlayColumn;
import dev.chartlake.entry.Play;
import dev.chartlake.rows.TableRows;

/** Plays as they were read, before {@link PlayMerge} looks at which of them are the same. */
final class PlayRows {

    private PlayRows() {}

    /** Adds a play that an object of this source, list and time tells of. */
    static void add(TableRows rows, Play play, int source, int list, long observedAt, int kind) {
        int row = rows.add();
        rows.set(row, PlayColumn.PLAYED_AT, play.playedAt);
        rows.set(row, PlayColumn.SOURCE, source);
        rows.set(row, PlayColumn.LIST, list);
        rows.set(row, PlayColumn.OBSERVED_AT, observedAt);
        rows.set(row, PlayColumn.KIND, kind);
        rows.set(row, PlayColumn.ITEM_URI, play.uri);
        rows.set(row, PlayColumn.SONG_ID, play.songId);
        rows.set(row, PlayColumn.SONG_NAME, play.name);
        rows.set(row, PlayColumn.ARTIST_NAMES, play.artistNames);
        rows.set(row, PlayColumn.ALBUM_NAME, play.albumName);
        rows.set(row, PlayColumn.MS_PLAYED, play.msPlayed);
        rows.set(row, PlayColumn.CONTEXT_TYPE, play.contextType);
        rows.set(row, PlayColumn.CONTEXT_URI, play.contextUri);
        rows.set(row, PlayColumn.REASON_START, play.reasonStart);
        rows.set(row, PlayColumn.REASON_END, play.reasonEnd);
        rows.set(row, PlayColumn.SHUFFLE, play.shuffle);
        rows.set(row, PlayColumn.SKIPPED, play.skipped);
        rows.set(row, PlayColumn.OFFLINE, play.offline);
        rows.set(row, PlayColumn.INCOGNITO, play.incognito);
        rows.set(row, PlayColumn.COUNTRY, play.country);
        rows.set(row, PlayColumn.PLATFORM, play.platform);
    }
}

package dev.chartlake.report;

import static java.util.stream.Collectors.joining;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.views.HistoryForm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the song that a text means: by id, URI or link, or by words of its title and artists. */
final class SongFinder {
    private static final int NEAREST = 5;
    private static final Pattern URI = Pattern.compile("spotify:track:([A-Za-z0-9]{22})");
    private static final Pattern LINK = Pattern.compile("(?:https?://)?(?:open|play)\\.spotify\\.com/"
            + "(?:intl-[a-z-]+/)?(?:embed/)?track/([A-Za-z0-9]{22})(?:[/?#].*)?");

    /**
     * A song.
     *
     * @param keys its ids, or those of its recordings
     * @param title its name and artists
     */
    record Found(List<String> keys, String title) {}

    private record Match(String key, String name, String artists, boolean exact) {
        static Match of(List<@Nullable Object> row) {
            return new Match(
                    String.valueOf(row.get(0)), text(row.get(1)), text(row.get(2)), Boolean.TRUE.equals(row.get(3)));
        }

        private static String text(@Nullable Object value) {
            return value == null ? "" : value.toString();
        }

        String title() {
            return artists.isEmpty() ? name : name + " – " + artists;
        }

        String folded() {
            return title().toLowerCase(Locale.ROOT).strip();
        }
    }

    private SongFinder() {}

    /** Throws {@link QueryException} if the text means no song of the lake, or several. */
    static Found find(QueryEngine lake, String text, HistoryForm form) throws IOException {
        var bare = text.strip();
        if (bare.isEmpty()) {
            throw new QueryException("Say which song: its id, link, or words of its title and artists.");
        }
        var sql = new ReportSql("songs").text("song", id(bare)).text("name", bare);
        var matches = FewRows.of(lake, sql.in(form)).stream().map(Match::of).toList();
        if (matches.isEmpty()) {
            throw new QueryException("No list ever had a song called '" + text
                    + "'. Give its id, its link, or words of its title and artists.");
        }
        var best = matches.get(0);
        var same =
                matches.stream().filter(match -> match.exact() == best.exact()).toList();
        var others = same.stream()
                .filter(match -> !match.folded().equals(best.folded()))
                .toList();
        if (!others.isEmpty() && !best.key().equals(id(bare))) {
            var shown = same.stream()
                    .limit(NEAREST)
                    .map(match -> match.title() + " (" + match.key() + ")")
                    .collect(joining(", "));
            throw new QueryException(same.size() + " songs are called '" + text + "', such as " + shown
                    + ". Name one by what is in brackets.");
        }
        return new Found(
                same.stream()
                        .filter(match -> match.folded().equals(best.folded()))
                        .map(Match::key)
                        .toList(),
                best.title());
    }

    private static String id(String text) {
        for (var form : List.of(URI, LINK)) {
            var matcher = form.matcher(text);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return text;
    }
}

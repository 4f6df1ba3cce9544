package dev.chartlake.report;

import static dev.chartlake.report.Parameter.BY;
import static dev.chartlake.report.Parameter.DATE;
import static dev.chartlake.report.Parameter.LIMIT;
import static dev.chartlake.report.Parameter.LIST;
import static dev.chartlake.report.Parameter.SINCE;
import static dev.chartlake.report.Parameter.SONG;
import static dev.chartlake.report.Parameter.UNTIL;
import static dev.chartlake.report.Parameter.WITH;
import static dev.chartlake.report.Parameter.WITH_DATE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ready-made reports. Each is a {@code .sql} file of its name beside this class. */
public enum Report {
    CHART(
            "A list on a day: where each song stands, how it moved, and its history so far.",
            0,
            "position=# move previous_position=last peak peak_date periods streak song_name=song artist_names=artists streams"
                    + " reported",
            LIST,
            DATE,
            BY,
            LIMIT),
    MOVERS(
            "The biggest climbers and fallers of a list, since its snapshot before or over a span.",
            10,
            "move position=# previous_position=from song_name=song artist_names=artists streams reported",
            LIST,
            SINCE,
            UNTIL,
            BY,
            LIMIT),
    DEBUTS(
            "The songs that came into a list, for the first time or again.",
            50,
            "snapshot_date=date move position=# peak periods song_name=song artist_names=artists streams reported",
            LIST,
            SINCE,
            UNTIL,
            BY,
            LIMIT),
    EXITS(
            "The songs that left a list, with what they had reached.",
            50,
            "snapshot_date=date last_position=last peak peak_date periods streak song_name=song artist_names=artists"
                    + " reported",
            LIST,
            SINCE,
            UNTIL,
            BY,
            LIMIT),
    ARTISTS(
            "The artists of a list by their share of it.",
            20,
            "artist_name=artist share_of_chart%=share songs appearances periods peak peak_date"
                    + " periods_at_number_one=at_number_one streams reported",
            LIST,
            SINCE,
            UNTIL,
            BY,
            LIMIT),
    ALBUMS(
            "The albums of a list by their share of it.",
            20,
            "album_name=album artist_names=artists share_of_chart%=share songs appearances periods peak peak_date"
                    + " periods_at_number_one=at_number_one streams reported",
            LIST,
            SINCE,
            UNTIL,
            BY,
            LIMIT),
    SONG_RUN(
            "One song's time on every list.",
            50,
            "playlist_id@playlist_name=list position=now peak peak_date periods entries longest_run=longest"
                    + " periods_at_number_one=at_number_one first_seen last_seen song_name=song artist_names=artists streams"
                    + " reported",
            SONG,
            LIST,
            BY,
            LIMIT),
    COMPARE(
            "Two lists on a day, or one list on two days.",
            0,
            "position_a=a position_b=b difference song_name=song artist_names=artists",
            LIST,
            DATE,
            WITH,
            WITH_DATE,
            BY,
            LIMIT),
    OVERLAP(
            "How much lists have in common on a day, pair by pair.",
            50,
            "playlist_id_a@playlist_name_a=a playlist_id_b@playlist_name_b=b overlap%=overlap common entries_a entries_b",
            LIST,
            DATE,
            BY,
            LIMIT),
    RECORDS(
            "The records of a list: longest runs, most periods, highest debuts, biggest jumps, most re-entries.",
            3,
            "record value snapshot_date=date song_name=song artist_names=artists reported",
            LIST,
            BY,
            LIMIT),
    DISAGREEMENTS(
            "Where a chart reports another peak, previous position or number of periods than our snapshots show.",
            50,
            "snapshot_date=date playlist_id=list position=# disagrees peak reported_peak previous_position=previous"
                    + " reported_previous periods reported_periods song_name=song artist_names=artists",
            LIST,
            SINCE,
            UNTIL,
            LIMIT);

    private final String description;
    private final int limit;
    private final List<String> shown;
    private final List<Parameter> parameters;

    Report(String description, int limit, String shown, Parameter... parameters) {
        this.description = description;
        this.limit = limit;
        this.shown = List.of(shown.split(" "));
        this.parameters = List.of(parameters);
    }

    /** The report called so, in any case. */
    public static Optional<Report> named(String text) {
        for (Report report : values()) {
            if (report.text().equalsIgnoreCase(text)) {
                return Optional.of(report);
            }
        }
        return Optional.empty();
    }

    /** Its name, such as {@code chart}. */
    public String text() {
        return this == SONG_RUN ? "song" : name().toLowerCase(Locale.ROOT);
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** What a request for it can say. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The most rows if a request does not say; 0 for all. */
    public int limit() {
        return limit;
    }

    /** What a parameter of it is, with its default. */
    public String description(Parameter parameter) {
        return switch (parameter) {
            case LIST ->
                switch (this) {
                    case SONG_RUN, OVERLAP, DISAGREEMENTS -> "Only this list: its id, link, name, alias or market";
                    default -> parameter.description();
                };
            case SINCE -> parameter.description() + ". Default: " + since();
            case LIMIT -> parameter.description() + rows() + ". Default: " + (limit == 0 ? "all" : limit);
            default -> parameter.description();
        };
    }

    private String since() {
        return switch (this) {
            case MOVERS -> "the snapshot before";
            case DEBUTS, EXITS -> "six days before the last";
            default -> "the first";
        };
    }

    private String rows() {
        return switch (this) {
            case MOVERS -> " each way";
            case RECORDS -> " for each record";
            default -> "";
        };
    }

    /** The columns of its table for people, as {@link ReportTable} reads them. */
    List<String> shown() {
        return shown;
    }
}

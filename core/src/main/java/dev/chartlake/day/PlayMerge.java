package dev.chartlake.day;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.day.DayColumns.PlayColumn;
import dev.chartlake.model.ColumnType;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of one day that tell of the same play, and makes one row of them. What is the same:
 *
 * <ul>
 *   <li>in one history, rows with the same time, URI and length; without a URI, with the same names and length;
 *   <li>in the short and the extended history, rows of the same minute with the same names and length;
 *   <li>in the Web API's answers and a history, a row of the same song, by its URI or names, whose time lies between the
 *       beginning and the end of the other one's play, give or take {@link #TOLERANCE}: the Web API means the end of a
 *       play, but not always.
 * </ul>
 *
 * <p>A row is the same play as one row of each other history at most. The extended history's row stays, else the Web API's,
 * and takes what it does not say from the others. Depends on the rows alone, not on their order.
 */
final class PlayMerge {

    /** How far clocks may disagree, in microseconds. */
    static final long TOLERANCE = 10_000_000;

    private static final long MINUTE = 60_000_000;
    private static final long DAY_MS = 86_400_000;

    private final TableRows rows;
    private final Comparator<Integer> order = this::compare;
    private final Map<PlayHistory, List<Integer>> histories = new EnumMap<>(PlayHistory.class);
    private final Map<Integer, PlayHistory> byList = new HashMap<>();

    private PlayMerge(TableRows rows) {
        this.rows = rows;
        for (PlayHistory history : PlayHistory.values()) {
            histories.put(history, new ArrayList<>());
        }
    }

    /** The rows in the order of their keys, each play once; rows that stay are changed. */
    static SortedRows once(TableRows rows) {
        return new PlayMerge(rows).once();
    }

    private SortedRows once() {
        inEachHistory();
        List<Integer> extended = rows(PlayHistory.EXTENDED);
        List<Integer> recent = rows(PlayHistory.RECENT);
        List<Integer> brief = rows(PlayHistory.SHORT);
        recentOf(extended, recent);
        minutesOf(extended, brief);
        briefOf(recent, brief);
        List<Integer> all = new ArrayList<>(extended);
        all.addAll(recent);
        all.addAll(brief);
        all.sort(order);
        long last = NO_LONG;
        int number = 0;
        for (int row : all) {
            number = at(row) == last ? number + 1 : 1;
            last = at(row);
            rows.set(row, PlayColumn.PLAY_ORDER, number);
        }
        return new SortedRows(rows, all.stream().mapToInt(row -> row).toArray());
    }

    private List<Integer> rows(PlayHistory history) {
        return histories.getOrDefault(history, List.of());
    }

    private PlayHistory history(int row) {
        return byList.computeIfAbsent(rows.integer(row, PlayColumn.LIST), list -> {
            String source = rows.strings().string(rows.integer(row, PlayColumn.SOURCE));
            String name = rows.strings().string(list);
            return PlayHistory.of(source, name).orElseThrow(() -> new IllegalStateException(name + " has no plays"));
        });
    }

    /** What makes two rows of one history the same play; what two profiles played recently stays apart. */
    private record Identity(int list, long at, int uri, int name, int artists, long ms) {}

    private Identity identity(int row) {
        int uri = rows.integer(row, PlayColumn.ITEM_URI);
        boolean named = uri == Strings.NULL;
        return new Identity(
                rows.integer(row, PlayColumn.LIST),
                at(row),
                uri,
                named ? rows.integer(row, PlayColumn.SONG_NAME) : Strings.NULL,
                named ? rows.integer(row, PlayColumn.ARTIST_NAMES) : Strings.NULL,
                rows.bigint(row, PlayColumn.MS_PLAYED));
    }

    /** The newest row stays, so that a corrected name counts. */
    private void inEachHistory() {
        Map<Identity, Integer> known = new HashMap<>();
        List<Integer> sorted =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        sorted.sort(order);
        for (int row : sorted) {
            Integer before = known.get(identity(row));
            if (before == null) {
                known.put(identity(row), row);
            } else if (rows.bigint(before, PlayColumn.OBSERVED_AT) > rows.bigint(row, PlayColumn.OBSERVED_AT)) {
                complete(before, row);
            } else {
                complete(row, before);
                known.put(identity(row), row);
            }
        }
        known.values().forEach(row -> rows(history(row)).add(row));
        histories.values().forEach(list -> list.sort(order));
    }

    /** Takes from the Web API's rows those of plays that the extended history tells of: first where it means their end. */
    private void recentOf(List<Integer> extended, List<Integer> recent) {
        Candidates candidates = new Candidates(extended);
        candidates.takeFrom(recent, (row, play) -> Math.abs(at(row) - at(play)) <= TOLERANCE);
        candidates.takeFrom(recent, (row, play) -> isDuring(at(row), play, 0));
    }

    /** Takes from the short history's rows those of plays that the Web API tells of: first where it means their end. */
    private void briefOf(List<Integer> recent, List<Integer> brief) {
        Candidates candidates = new Candidates(recent);
        candidates.takeFrom(brief, (row, play) -> at(row) == Math.floorDiv(at(play), MINUTE) * MINUTE);
        candidates.takeFrom(brief, (row, play) -> isDuring(at(play), row, MINUTE));
    }

    /** True if a time is one of the play of a row that is that precise about its end. */
    private boolean isDuring(long time, int play, long precision) {
        long ms = Math.min(Math.max(0, rows.bigint(play, PlayColumn.MS_PLAYED)), DAY_MS);
        return time >= at(play) - ms * 1000 - TOLERANCE && time <= at(play) + precision + TOLERANCE;
    }

    private record Minute(long at, int name, int artists, long ms) {}

    private Minute minute(int row) {
        return new Minute(
                Math.floorDiv(at(row), MINUTE),
                rows.integer(row, PlayColumn.SONG_NAME),
                rows.integer(row, PlayColumn.ARTIST_NAMES),
                rows.bigint(row, PlayColumn.MS_PLAYED));
    }

    private void minutesOf(List<Integer> extended, List<Integer> brief) {
        Map<Minute, Integer> known = new HashMap<>();
        extended.forEach(row -> known.putIfAbsent(minute(row), row));
        brief.removeIf(row -> {
            Integer play = known.get(minute(row));
            if (play != null) {
                complete(play, row);
            }
            return play != null;
        });
    }

    /** Whether a row can be of a play, by its time. */
    private interface Fit {
        boolean fits(int row, int play);
    }

    /** Plays that rows of another history can be the same as, each for one row. */
    private final class Candidates {
        private final Map<Integer, List<Integer>> byUri = new HashMap<>();
        private final Map<Integer, List<Integer>> byName = new HashMap<>();
        private final Set<Integer> taken = new HashSet<>();

        /** In the order of their times. */
        Candidates(List<Integer> plays) {
            for (int row : plays) {
                byUri.computeIfAbsent(rows.integer(row, PlayColumn.ITEM_URI), uri -> new ArrayList<>())
                        .add(row);
                byName.computeIfAbsent(rows.integer(row, PlayColumn.SONG_NAME), name -> new ArrayList<>())
                        .add(row);
            }
        }

        /** Takes those rows that are the same play as one of these, which completes it. */
        void takeFrom(List<Integer> others, Fit fit) {
            others.removeIf(row -> {
                int play = find(row, fit);
                if (play >= 0) {
                    taken.add(play);
                    complete(play, row);
                }
                return play >= 0;
            });
        }

        /** The first play of the same song that is free and fits; -1 if there is none. */
        private int find(int row, Fit fit) {
            int uri = rows.integer(row, PlayColumn.ITEM_URI);
            int name = rows.integer(row, PlayColumn.SONG_NAME);
            int found = uri == Strings.NULL ? -1 : first(byUri.get(uri), play -> fit.fits(row, play));
            return found >= 0 || name == Strings.NULL
                    ? found
                    : first(byName.get(name), play -> isSameArtist(play, row) && fit.fits(row, play));
        }

        private int first(@Nullable List<Integer> plays, IntPredicate fits) {
            for (int play : plays == null ? List.<Integer>of() : plays) {
                if (!taken.contains(play) && fits.test(play)) {
                    return play;
                }
            }
            return -1;
        }
    }

    /** Account exports have one artist, the Web API has all of them. */
    private boolean isSameArtist(int a, int b) {
        int x = rows.integer(a, PlayColumn.ARTIST_NAMES);
        int y = rows.integer(b, PlayColumn.ARTIST_NAMES);
        if (x == y) {
            return true;
        }
        if (x == Strings.NULL || y == Strings.NULL) {
            return false;
        }
        String all = rows.strings().string(x);
        String other = rows.strings().string(y);
        return all.startsWith(other + ", ") || other.startsWith(all + ", ");
    }

    /** Gives a row what it does not say and another one does. */
    private void complete(int row, int other) {
        for (int c = 0; c < rows.table().columns().size(); c++) {
            ColumnType type = rows.table().columns().get(c).type();
            if (TableRows.isLong(type)) {
                if (rows.bigint(row, c) == NO_LONG) {
                    rows.set(row, c, rows.bigint(other, c));
                }
            } else if (rows.integer(row, c) == (type == ColumnType.TEXT ? Strings.NULL : NO_INT)) {
                rows.set(row, c, rows.integer(other, c));
            }
        }
    }

    private long at(int row) {
        return rows.bigint(row, PlayColumn.PLAYED_AT);
    }

    private int compare(int a, int b) {
        int found = Long.compare(at(a), at(b));
        found = found != 0 ? found : text(a, b, PlayColumn.ITEM_URI);
        found = found != 0 ? found : text(a, b, PlayColumn.SONG_NAME);
        found = found != 0 ? found : text(a, b, PlayColumn.ARTIST_NAMES);
        found = found != 0
                ? found
                : Long.compare(rows.bigint(a, PlayColumn.MS_PLAYED), rows.bigint(b, PlayColumn.MS_PLAYED));
        found = found != 0 ? found : text(a, b, PlayColumn.LIST);
        return found != 0
                ? found
                : Long.compare(rows.bigint(a, PlayColumn.OBSERVED_AT), rows.bigint(b, PlayColumn.OBSERVED_AT));
    }

    private int text(int a, int b, int column) {
        int x = rows.integer(a, column);
        int y = rows.integer(b, column);
        return x == y ? 0 : rows.strings().compare(x, y);
    }
}

package dev.chartlake.sql.report;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.sql.Form;
import dev.chartlake.sql.QueryEngine;
import dev.chartlake.sql.QueryException;
import java.io.IOException;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the list that a text means. */
final class ListFinder {
    private static final int NEAREST = 5;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern DASHES = Pattern.compile("\\p{Pd}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private final QueryEngine lake;
    private final @Nullable LocalDate date;
    private final @Nullable LocalDate since;

    /** Lists are found with their last snapshots up to these dates. */
    ListFinder(QueryEngine lake, @Nullable LocalDate date, @Nullable LocalDate since) {
        this.lake = lake;
        this.date = date;
        this.since = since;
    }

    /** Every list; throws {@link QueryException} if there is none. */
    List<ChartList> all() throws IOException {
        var lists = query(List.of(), true);
        if (lists.isEmpty()) {
            throw new QueryException("There is no list in this lake yet. Run extract or import, and then transform.");
        }
        return lists;
    }

    /** The only list. Throws {@link QueryException} if there are several, or none. */
    ChartList only() throws IOException {
        var lists = all();
        if (lists.size() == 1) {
            return lists.get(0);
        }
        throw new QueryException("Say which list with --list. There are " + described(lists) + ".");
    }

    /** The list called so. Throws {@link QueryException} if there is none, or several. */
    ChartList named(String text) throws IOException {
        var id = id(text);
        if (id.isPresent()) {
            var lists = query(List.of(id.get()), false);
            if (lists.size() == 1) {
                return lists.get(0);
            }
        }
        var lists = all();
        var wanted = folded(text);
        var idWanted = folded(id.orElse(text));
        Optional<ChartList> found = one(text, lists, list -> folded(list.id()).equals(idWanted))
                .or(() -> one(
                        text,
                        lists,
                        list -> folded(list.source() + "/" + list.id()).equals(wanted)))
                .or(() -> one(text, lists, list -> folded(list.name()).equals(wanted)));
        return found.orElseThrow(() -> unknown(text, wanted, lists));
    }

    private static Optional<String> id(String text) {
        try {
            return Optional.of(PlaylistRef.parse(text).id());
        } catch (IllegalArgumentException e) {
            return Optional.of(text.strip()).filter(ID.asMatchPredicate());
        }
    }

    private static Optional<ChartList> one(String text, List<ChartList> lists, Predicate<ChartList> wanted) {
        var found = lists.stream().filter(wanted).toList();
        if (found.size() > 1) {
            throw new QueryException(found.size() + " lists are called '" + text + "': " + described(found)
                    + ". Name one by what is in brackets.");
        }
        return found.stream().findFirst();
    }

    private static QueryException unknown(String text, String wanted, List<ChartList> lists) {
        var nearest = lists.stream()
                .sorted(Comparator.comparingInt((ChartList list) ->
                                Math.min(distance(wanted, folded(list.name())), distance(wanted, folded(list.id()))))
                        .thenComparing(ChartList::name))
                .limit(NEAREST)
                .toList();
        var message = lists.size() > NEAREST ? "The nearest are " : lists.size() == 1 ? "There is only " : "There are ";
        return new QueryException("No list is called '" + text + "'. " + message + described(nearest) + ".");
    }

    private static String described(List<ChartList> lists) {
        var shown = lists.stream().limit(4L * NEAREST).map(ChartList::described).toList();
        return String.join(", ", shown)
                + (shown.size() < lists.size() ? " and " + (lists.size() - shown.size()) + " more" : "");
    }

    /** Case, kinds of dashes and blanks make no other name. */
    private static String folded(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(DASHES.matcher(plain).replaceAll("-"))
                .replaceAll(" ")
                .strip();
    }

    /** 0 if one text holds the other, else how many letters have to be added, left out or changed. */
    private static int distance(String wanted, String name) {
        if (!wanted.isEmpty() && name.contains(wanted)) {
            return 0;
        }
        var row = new int[name.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (wanted.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[name.length()];
    }

    private List<ChartList> query(List<String> ids, boolean every) throws IOException {
        var sql = new ReportSql("lists")
                .texts("ids", ids)
                .flag("every", every)
                .date("date", date)
                .date("since", since);
        return Rows.of(lake, sql.in(Form.SONG)).stream().map(ListFinder::list).toList();
    }

    private static ChartList list(List<@Nullable Object> row) {
        var id = String.valueOf(row.get(1));
        var name = row.get(2) == null ? id : String.valueOf(row.get(2));
        return new ChartList(
                String.valueOf(row.get(0)),
                id,
                name.isBlank() ? id : name,
                LocalDate.parse(String.valueOf(row.get(3))),
                LocalDate.parse(String.valueOf(row.get(4))),
                (LocalDate) row.get(5),
                (LocalDate) row.get(6));
    }
}

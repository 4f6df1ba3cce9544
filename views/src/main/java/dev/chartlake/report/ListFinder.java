package dev.chartlake.report;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.lists.ListNameSearch;
import dev.chartlake.lists.NamedList;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.views.HistoryForm;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the list that a text means among those of the lake. */
final class ListFinder {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    private final QueryEngine lake;
    private final ListLabels labels;
    private final @Nullable LocalDate date;
    private final @Nullable LocalDate since;

    /** Lists are found with their last snapshots up to these dates. */
    ListFinder(QueryEngine lake, ListLabels labels, @Nullable LocalDate date, @Nullable LocalDate since) {
        this.lake = lake;
        this.labels = labels;
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
        throw new QueryException("Say which list with --list. There are "
                + ListNameSearch.described(lists.stream().map(this::named).toList()) + ".");
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
        var named = lists.stream().map(this::named).toList();
        try {
            return lists.get(named.indexOf(new ListNameSearch(named).named(text)));
        } catch (ListNameException e) {
            throw new QueryException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> id(String text) {
        try {
            return Optional.of(PlaylistRef.parse(text).id());
        } catch (IllegalArgumentException e) {
            return Optional.of(text.strip()).filter(ID.asMatchPredicate());
        }
    }

    private NamedList named(ChartList list) {
        return new NamedList(list.source(), labels.of(list.id()), list.name());
    }

    private List<ChartList> query(List<String> ids, boolean every) throws IOException {
        var sql = new ReportSql("lists")
                .texts("ids", ids)
                .flag("every", every)
                .date("date", date)
                .date("since", since);
        return FewRows.of(lake, sql.in(HistoryForm.SONG)).stream()
                .map(this::list)
                .toList();
    }

    private ChartList list(List<@Nullable Object> row) {
        var id = String.valueOf(row.get(1));
        return new ChartList(
                String.valueOf(row.get(0)),
                id,
                labels.of(id).name((String) row.get(2)),
                LocalDate.parse(String.valueOf(row.get(3))),
                LocalDate.parse(String.valueOf(row.get(4))),
                (LocalDate) row.get(5),
                (LocalDate) row.get(6));
    }
}

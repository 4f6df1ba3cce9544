package dev.chartlake.app.purge;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.print.Plurals;
import dev.chartlake.purge.PurgePlan;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a purge removes, as a row for each list of each source. */
final class PurgeRows {

    private final PurgePlan plan;
    private final ListLabels labels;
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private final String source;
        private final String list;
        private String name = "";
        private final TreeSet<LocalDate> days = new TreeSet<>();
        private long objects;
        private long bytes;
        private long entries;

        Row(String source, String list) {
            this.source = source;
            this.list = list;
        }
    }

    PurgeRows(PurgePlan plan, ListLabels labels) {
        this.plan = plan;
        this.labels = labels;
        for (PurgePlan.Match match : plan.objects()) {
            String source = match.key().source();
            String list = match.key().list();
            Row row = rows.computeIfAbsent(source + "/" + list, none -> new Row(source, list));
            row.name = match.name().isEmpty() ? row.name : match.name();
            row.days.add(match.key().date());
            row.objects++;
            row.bytes += match.bytes();
            row.entries += match.entries();
        }
    }

    void print(ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("source", "VARCHAR", false),
                new ResultColumn("list", "VARCHAR", false),
                new ResultColumn("name", "VARCHAR", false),
                new ResultColumn("first_day", "DATE", false),
                new ResultColumn("last_day", "DATE", false),
                new ResultColumn("days", "INTEGER", true),
                new ResultColumn("raw_objects", "BIGINT", true),
                new ResultColumn("bytes", "BIGINT", true),
                new ResultColumn("entries", "BIGINT", true)));
        for (Row row : rows.values()) {
            String name = labels.of(row.list).name(row.name);
            sink.row(Arrays.<@Nullable Object>asList(
                    row.source,
                    row.list,
                    name.isEmpty() ? null : name,
                    row.days.first(),
                    row.days.last(),
                    row.days.size(),
                    row.objects,
                    row.bytes,
                    row.entries));
        }
        sink.end();
    }

    /** All of it in words. */
    String total() {
        List<PurgePlan.Match> objects = plan.objects();
        return Plurals.count(objects.size(), "raw object") + " ("
                + Plurals.count(
                        objects.stream().mapToLong(PurgePlan.Match::bytes).sum(), "byte")
                + ", "
                + Plurals.count(
                        objects.stream().mapToLong(PurgePlan.Match::entries).sum(), "entry", "entries")
                + ") of " + Plurals.count(rows.size(), "list") + " and "
                + Plurals.count(plan.days().size(), "day");
    }
}

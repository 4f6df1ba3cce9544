package dev.chartlake.report;

import dev.chartlake.print.VisibleText;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report's rows as people read them: the columns that matter under short headings, moves as arrows, shares in percent,
 * and no column in which nothing is known.
 *
 * <p>A shown column is {@code name} or {@code name=heading}; {@code name%} is a share from 0 to 1; {@code name@other}
 * shows the other column, or this one where the other is null; {@code move} is made of {@code status} and {@code change}.
 */
public final class ReportTable implements ResultSink {
    private static final String MOVE = "move";

    private final PreparedReport report;
    private final Writer out;
    private final ResultSink printer;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private List<ResultColumn> columns = List.of();

    /** If there are rows, writes the title of {@code report} to {@code out} and hands them to {@code printer}. */
    public ReportTable(PreparedReport report, Writer out, ResultSink printer) {
        this.report = report;
        this.out = out;
        this.printer = printer;
    }

    private record Cell(ResultColumn column, List<@Nullable Object> values) {}

    @Override
    public void columns(List<ResultColumn> columns) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
        }
    }

    @Override
    public void row(List<@Nullable Object> values) {
        rows.add(values);
    }

    @Override
    public void end() throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        var shown = report.report().shown().stream()
                .map(this::cells)
                .filter(cells -> cells.values().stream().anyMatch(value -> value != null))
                .toList();
        out.write(VisibleText.of(report.title()) + "\n\n");
        printer.columns(shown.stream().map(Cell::column).toList());
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            printer.row(new ArrayList<>(
                    shown.stream().map(cells -> cells.values().get(row)).toList()));
        }
        printer.end();
    }

    private Cell cells(String shown) {
        var parts = shown.split("=", 2);
        var names = parts[0].replace("%", "").split("@", 2);
        var heading = parts[parts.length - 1];
        var values = new ArrayList<@Nullable Object>();
        for (var row : rows) {
            values.add(
                    names[0].equals(MOVE)
                            ? move(row)
                            : parts[0].endsWith("%")
                                    ? percent(value(row, names[0]))
                                    : first(value(row, names[names.length - 1]), value(row, names[0])));
        }
        boolean numeric = parts[0].endsWith("%")
                || places.containsKey(names[0]) && columns.get(place(names[0])).numeric();
        return new Cell(new ResultColumn(heading, "VARCHAR", numeric), values);
    }

    private int place(String name) {
        return places.getOrDefault(name, -1);
    }

    private @Nullable Object value(List<@Nullable Object> row, String name) {
        return place(name) < 0 ? null : row.get(place(name));
    }

    private static @Nullable Object first(@Nullable Object one, @Nullable Object other) {
        return one == null ? other : one;
    }

    private static @Nullable Object percent(@Nullable Object share) {
        return share instanceof Number number
                ? String.format(Locale.ROOT, "%.1f %%", number.doubleValue() * 100)
                : null;
    }

    private String move(List<@Nullable Object> row) {
        if ("new".equals(value(row, "status"))) {
            return "NEW";
        }
        if ("first".equals(value(row, "status"))) {
            return "–";
        }
        if (!(value(row, "change") instanceof Number change)) {
            return "RE";
        }
        int places = change.intValue();
        return places > 0 ? "▲" + places : places < 0 ? "▼" + -places : "=";
    }
}

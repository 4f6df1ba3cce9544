package dev.chartlake.print;

import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.query.ValueText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligned columns. Widths come from the first rows; the rest streams, so memory does not grow with the result. */
final class TablePrinter implements ResultSink {
    private static final int MEASURED_ROWS = 1000;
    private static final String GAP = "  ";
    private static final int NARROWEST = 4;

    private final Writer out;
    private final PrintStream notes;
    private final int lineWidth;
    private final CellStyle style;
    private final List<List<String>> measured = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private int[] widths = {};
    private boolean measuring = true;
    private long rows;

    TablePrinter(Writer out, PrintStream notes, int lineWidth, CellStyle style) {
        this.style = style;
        this.out = out;
        this.notes = notes;
        this.lineWidth = lineWidth;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        rows++;
        var cells = new ArrayList<String>(values.size());
        for (var value : values) {
            cells.add(value == null ? "" : VisibleText.of(ValueText.of(value)));
        }
        if (!measuring) {
            line(cells);
            return;
        }
        measured.add(cells);
        if (measured.size() == MEASURED_ROWS) {
            printMeasured();
        }
    }

    @Override
    public void end() throws IOException {
        if (measuring) {
            printMeasured();
        }
        out.flush();
        notes.println(rows == 1 ? "1 row" : rows + " rows");
    }

    private void printMeasured() throws IOException {
        measuring = false;
        var header =
                columns.stream().map(column -> VisibleText.of(column.name())).toList();
        widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    DisplayWidth.of(header.get(i)),
                    measured.stream()
                            .mapToInt(cells -> DisplayWidth.of(cells.get(column)))
                            .max()
                            .orElse(0));
        }
        if (lineWidth > 0) {
            fit();
        }
        line(header);
        line(Arrays.stream(widths).mapToObj("-"::repeat).toList());
        for (var cells : measured) {
            line(cells);
        }
        measured.clear();
    }

    /** Narrows the widest columns: text first, because half a number is worse than half a name. */
    private void fit() {
        int room = Math.max(widths.length, lineWidth - GAP.length() * (widths.length - 1));
        for (int cap = room; cap >= NARROWEST && total() > room; cap--) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = columns.get(i).numeric() ? widths[i] : Math.min(widths[i], cap);
            }
        }
        for (int cap = room; cap >= 1 && total() > room; cap--) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(widths[i], cap);
            }
        }
    }

    private int total() {
        return Arrays.stream(widths).sum();
    }

    private void line(List<String> cells) throws IOException {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var cell = lineWidth > 0 ? DisplayWidth.cut(cells.get(i), widths[i]) : cells.get(i);
            var padding = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cell)));
            line.append(i == 0 ? "" : GAP);
            line.append(style.of(columns.get(i), columns.get(i).numeric() ? padding + cell : cell + padding));
        }
        out.write(line.toString().stripTrailing());
        out.write('\n');
    }
}

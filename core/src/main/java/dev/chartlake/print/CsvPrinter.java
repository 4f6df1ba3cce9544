package dev.chartlake.print;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.query.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class CsvPrinter implements ResultSink {
    private final CsvWriter csv;

    CsvPrinter(Writer out) {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(out);
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        csv.writeRecord(columns.stream().map(ResultColumn::name).toList());
    }

    @Override
    public void row(List<@Nullable Object> values) {
        var record = csv.writeRecord();
        for (var value : values) {
            record.writeField(value == null ? null : ValueText.of(value));
        }
        record.endRecord();
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}

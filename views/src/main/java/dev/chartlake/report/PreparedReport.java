package dev.chartlake.report;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.util.List;

/**
 * A report whose list, dates and songs are found, ready to run.
 *
 * @param report which one
 * @param title what it is about, on one line: names and dates
 * @param notes what its reader should know, such as that another day's snapshot had to do
 * @param sql the query
 * @param empty what to say if it has no rows
 */
public record PreparedReport(Report report, String title, List<String> notes, String sql, String empty) {

    /** Hands the rows to {@code sink}, as they come from the views; {@link ReportTable} makes them readable. */
    public void run(QueryEngine lake, ResultSink sink) throws IOException {
        lake.runSmall(sql, sink);
    }
}

package dev.chartlake.app;

import dev.chartlake.sql.ResultFormat;
import dev.chartlake.sql.ResultSink;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How data is printed. */
public final class OutputOption {

    @Option(names = "--output", paramLabel = "table|json|csv", description = "How to print. Default: table")
    private String output = "table";

    /** To be set by picocli. */
    OutputOption() {}

    OutputOption(String output) {
        this.output = output;
    }

    /** A sink that prints one result on stdout; the row count of a table goes to stderr. */
    public ResultSink printer() {
        return format().printer(writer(), System.err, Terminal.width());
    }

    /** Stdout as UTF-8, whatever the locale. What is written must be flushed. */
    static Writer writer() {
        return new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    }

    /** The format asked for. Throws {@link Failure} if there is none of that name. */
    public ResultFormat format() {
        try {
            return ResultFormat.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "No such output: " + output + ". There are: table, json, csv.");
        }
    }
}

package dev.chartlake.app.print;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.print.Terminal;
import dev.chartlake.query.ResultSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How data is printed, and where. */
public final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "table|json|csv",
            description = "How to print. Default: what the name after -o ends in, .csv or .json, else table")
    private @Nullable String output;

    @Option(
            names = {"-o", "--output-file"},
            paramLabel = "FILE",
            description = "Write to this file instead of stdout. It is replaced only when the result is whole")
    private @Nullable Path file;

    /** To be set by picocli. */
    public OutputOption() {}

    public OutputOption(String output) {
        this.output = output;
    }

    /** Writes one result. */
    public interface Printing {
        /** Writes all of it to {@code out} and flushes it. */
        void to(Writer out) throws IOException;
    }

    /** Writes rows. */
    public interface Rows {
        /** Hands all of them to {@code sink}. */
        void to(ResultSink sink) throws IOException;
    }

    /** Throws {@link Failure} if there is no such format, or no place for such a file. */
    public void check() {
        format();
        if (file != null) {
            WholeFile.check(file);
        }
    }

    /** Prints rows in the format asked for; the row count of a table goes to stderr. */
    public void print(Rows rows) throws IOException {
        write(out -> rows.to(printer(out)));
    }

    /** A sink that prints rows on {@code out} in the format asked for. */
    public ResultSink printer(Writer out) {
        return format().printer(out, System.err, width());
    }

    /** Prints on stdout, or into the file. */
    public void write(Printing printing) throws IOException {
        if (file == null) {
            printing.to(writer());
        } else if (WholeFile.isDevice(file)) {
            try (Writer out = Files.newBufferedWriter(file)) {
                printing.to(out);
            }
        } else {
            try (WholeFile whole = WholeFile.begin(file)) {
                printing.to(whole.writer());
                whole.publish();
            }
        }
    }

    /** True if what is printed may be coloured. */
    public boolean decorated() {
        return file == null && Terminal.decorated();
    }

    /** The most cells a line of a table may take, or 0 for no limit. */
    public int width() {
        return file == null ? Terminal.width() : 0;
    }

    /** Stdout as UTF-8, whatever the locale. What is written must be flushed. */
    public static Writer writer() {
        return new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    }

    /** The format asked for. Throws {@link Failure} if there is none of that name. */
    public ResultFormat format() {
        String name = output == null ? ending() : output;
        try {
            return ResultFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "No such output: " + name + ". There are: table, json, csv.");
        }
    }

    private String ending() {
        String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") ? "csv" : name.endsWith(".json") ? "json" : "table";
    }
}

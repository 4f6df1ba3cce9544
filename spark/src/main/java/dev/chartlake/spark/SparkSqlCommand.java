package dev.chartlake.spark;

import dev.chartlake.transform.TableFormats;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the SQL that makes the lake's tables and views in a catalog of Spark. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Prints SQL that makes the lake's tables and views in a catalog of Spark 3.5 or 4.",
            "Run it again when days were added. Each statement ends with a ; at the end of a line."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the lake cannot be read", "2:usage, or a day is not in Parquet"})
final class SparkSqlCommand implements Callable<Integer> {

    @Option(
            names = "--lake",
            paramLabel = "DIR|s3://…|s3a://…",
            description = "Folder of the lake, or its address as Spark has to name it. Default: CHARTLAKE_LAKE")
    private @Nullable String lake;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = "chartlake",
            description = "Where the tables and views are made. Default: ${DEFAULT-VALUE}")
    private String database = "chartlake";

    @Mixin
    private Span span = new Span();

    @Spec
    private @Nullable CommandSpec spec;

    /** To be set by picocli. */
    SparkSqlCommand() {}

    @Override
    public Integer call() throws IOException {
        span.check();
        String where = SparkTransform.where(lake);
        JobLake job = JobLake.of(where, TableFormats.USUAL);
        job.requireThere();
        String location = where.startsWith("s3a://") ? where : job.location();
        SparkSql sql = new SparkSql(job.store(), location.replaceAll("/+$", ""), database);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print("-- The tables and views of the lake at " + location + ".\n");
        for (String statement : sql.statements(span)) {
            out.print(statement + ";\n");
        }
        out.flush();
        return 0;
    }
}

package dev.chartlake.aws.glue;

import java.util.Map;
import java.util.Optional;

/** How Athena reads one of the two formats of the lake's files. */
enum FileKind {
    PARQUET(
            "parquet",
            "",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            Map.of("serialization.format", "1"),
            Map.of("classification", "parquet")),

    /**
     * OpenCSVSerde reads quotes right, but knows neither nulls nor most types: so all columns are text, and a view casts
     * them. A backslash is its escape character even when it is given the quote for one, so it is given a character that
     * the files do not have.
     */
    CSV(
            "csv",
            "_csv",
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "org.apache.hadoop.hive.serde2.OpenCSVSerde",
            Map.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\u0001"),
            Map.of("classification", "csv", "skip.header.line.count", "1"));

    private final String extension;
    private final String suffix;
    private final String input;
    private final String output;
    private final String serde;
    private final Map<String, String> serdeParameters;
    private final Map<String, String> parameters;

    FileKind(
            String extension,
            String suffix,
            String input,
            String output,
            String serde,
            Map<String, String> serdeParameters,
            Map<String, String> parameters) {
        this.extension = extension;
        this.suffix = suffix;
        this.input = input;
        this.output = output;
        this.serde = serde;
        this.serdeParameters = serdeParameters;
        this.parameters = parameters;
    }

    /** The kind of the file at {@code key}, or empty if it has another ending. */
    static Optional<FileKind> of(String key) {
        for (var kind : values()) {
            if (key.endsWith("." + kind.extension)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** What the names of its tables end with. */
    String suffix() {
        return suffix;
    }

    String input() {
        return input;
    }

    String output() {
        return output;
    }

    String serde() {
        return serde;
    }

    Map<String, String> serdeParameters() {
        return serdeParameters;
    }

    /** Parameters of the table and of its partitions. */
    Map<String, String> parameters() {
        return parameters;
    }
}

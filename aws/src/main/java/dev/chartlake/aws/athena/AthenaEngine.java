package dev.chartlake.aws.athena;

import dev.chartlake.aws.AwsAccess;
import dev.chartlake.aws.AwsFailures;
import dev.chartlake.http.Pause;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.StatementType;

/** Athena's SQL over the tables and views of the Glue Data Catalog. */
public final class AthenaEngine implements QueryEngine {
    private static final int PAGE = 1000;

    private static final Pattern COMMENTS = Pattern.compile("(?s)^(\\s|--[^\\n]*(\\n|$)|/\\*.*?\\*/|\\()+");

    /** What only reads. {@code EXPLAIN ANALYZE} runs what it explains, so that is looked at, too. */
    private static final Pattern READS = Pattern.compile(
            "(?is)(explain\\s+(analyze\\s+)?(verbose\\s+)?(\\([^)]*\\)\\s*)?)?(select|with|values|table)\\b.*"
                    + "|(show|describe|desc)\\b.*");

    private final AthenaClient athena;
    private final AthenaTarget target;
    private final Pause pause;
    private final LongConsumer scanned;

    /** Closes {@code athena} with itself. {@code scanned} hears how many bytes each query has read. */
    public AthenaEngine(AthenaClient athena, AthenaTarget target, Pause pause, LongConsumer scanned) {
        this.athena = athena;
        this.target = target;
        this.pause = pause;
        this.scanned = scanned;
    }

    /** With region, credentials and endpoint as the environment says. */
    public static AthenaEngine open(AthenaTarget target, LongConsumer scanned) throws WarehouseException {
        return new AthenaEngine(client(), target, Pause.REAL, scanned);
    }

    /** A client as the environment says. */
    public static AthenaClient client() throws WarehouseException {
        return AthenaClient.builder()
                .region(AwsAccess.region())
                .credentialsProvider(AwsAccess.credentials())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    @Override
    public void run(String sql, ResultSink sink) throws IOException {
        requireRead(sql);
        try (var statement = AthenaStatement.start(athena, target, sql, pause)) {
            var execution = statement.await();
            print(statement.id(), execution, sink);
            scanned.accept(bytes(execution));
        } catch (SdkException e) {
            throw AwsFailures.of("Athena", e);
        }
    }

    private static void requireRead(String sql) {
        var start = COMMENTS.matcher(sql).replaceFirst("");
        if (!READS.matcher(start).matches()) {
            var word = start.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
            throw new QueryException("query only reads: SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN, and not "
                    + (word.isEmpty() ? "an empty statement" : word) + ". Nothing was changed.");
        }
    }

    private void print(String id, QueryExecution execution, ResultSink sink) throws IOException {
        List<ColumnInfo> columns = List.of();
        boolean first = true;
        @Nullable String next = null;
        do {
            var page = page(id, next);
            var rows = page.resultSet().rows();
            if (first) {
                columns = page.resultSet().resultSetMetadata().columnInfo();
                sink.columns(AthenaValues.columns(columns));
                if (hasHeader(execution, page)) {
                    rows = rows.subList(1, rows.size());
                }
                first = false;
            }
            for (var row : rows) {
                sink.row(AthenaValues.row(columns, row.data()));
            }
            next = page.nextToken();
        } while (next != null);
        sink.end();
    }

    private GetQueryResultsResponse page(String id, @Nullable String token) {
        return athena.getQueryResults(
                request -> request.queryExecutionId(id).maxResults(PAGE).nextToken(token));
    }

    /** Athena repeats the names of the columns as the first row of what a SELECT gives, and of nothing else. */
    private static boolean hasHeader(QueryExecution execution, GetQueryResultsResponse page) {
        var rows = page.resultSet().rows();
        if (execution.statementType() != StatementType.DML || rows.isEmpty()) {
            return false;
        }
        var names = page.resultSet().resultSetMetadata().columnInfo().stream().map(ColumnInfo::name);
        return names.toList()
                .equals(rows.get(0).data().stream()
                        .map(datum -> String.valueOf(datum.varCharValue()))
                        .toList());
    }

    private static long bytes(QueryExecution execution) {
        var statistics = execution.statistics();
        var bytes = statistics == null ? null : statistics.dataScannedInBytes();
        return bytes == null ? 0 : bytes;
    }

    @Override
    public void close() {
        athena.close();
    }
}

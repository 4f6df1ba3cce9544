package dev.chartlake.duckdb;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.testkit.QueryEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB keeps the contract. */
class DuckDbLakeTest extends QueryEngineContract {

    @TempDir
    private Path folder = Path.of("");

    @Override
    protected QueryEngine engine(List<Answer> answers) throws IOException {
        return new DuckDbLake(folder, () -> () -> {});
    }
}

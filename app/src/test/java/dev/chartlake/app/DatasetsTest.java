package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The datasets that Terraform makes in QuickSight have the columns of the views. */
@ResourceLock(Resources.SYSTEM_OUT)
class DatasetsTest {

    private static final Map<String, String> TYPES = Map.of(
            "VARCHAR", "STRING",
            "INTEGER", "INTEGER",
            "BIGINT", "INTEGER",
            "DOUBLE", "DECIMAL",
            "BOOLEAN", "BOOLEAN",
            "DATE", "DATETIME",
            "TIMESTAMP", "DATETIME");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void everyDatasetHasTheColumnsOfItsView() throws IOException {
        JsonNode datasets = JSON.readTree(Files.readString(Path.of("../deploy/terraform/datasets.json")));
        assertThat(datasets.propertyNames()).contains("songs", "albums", "artists", "chart_history");
        Lake lake = new Lake(folder);
        for (String view : datasets.propertyNames()) {
            Ended described =
                    lake.run("query", "--output", "json", "DESCRIBE " + view).with(ExitCode.DONE);
            List<String> columns = new ArrayList<>();
            JSON.readTree(described.out())
                    .forEach(column -> columns.add(column.get("column_name").stringValue() + " "
                            + TYPES.get(column.get("column_type").stringValue())));
            List<String> declared = new ArrayList<>();
            Objects.requireNonNull(datasets.get(view))
                    .forEach(column -> declared.add(column.get("name").stringValue() + " "
                            + column.get("type").stringValue()));
            assertThat(declared).describedAs(view).isEqualTo(columns);
        }
    }
}

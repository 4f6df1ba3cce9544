package dev.chartlake.warehouse.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The statements in {@code deploy/snowflake} are those that the declaration of tables and views gives. */
class SnowflakeScriptsTest {
    private static final Path FOLDER = Path.of("../deploy/snowflake");

    @Test
    void theFilesAreCurrent() throws IOException {
        for (Map.Entry<String, String> file : SnowflakeScripts.all().entrySet()) {
            Path path = FOLDER.resolve(file.getKey());
            if (Boolean.getBoolean("chartlake.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(path, file.getValue());
            }
            assertThat(path)
                    .as("run the test with -Dchartlake.write=true")
                    .exists()
                    .hasContent(file.getValue());
        }
    }

    /** Rows of CSV files are read by the places of their columns, also of files that do not have the newest ones. */
    @Test
    void laterColumnsAreLast() {
        for (Table table : Table.values()) {
            var earlier = table.earlierColumns();
            assertThat(table.columns().subList(0, earlier.size())).isEqualTo(earlier);
        }
    }

    @Test
    void nothingReplacesWhatHoldsRows() {
        SnowflakeScripts.all()
                .values()
                .forEach(text -> assertThat(text)
                        .doesNotContainPattern("CREATE OR REPLACE (?!VIEW|PROCEDURE)|CREATE OR ALTER|DROP |TRUNCATE"));
        assertThat(SnowflakeScripts.procedure()).doesNotContain("$$");
    }
}

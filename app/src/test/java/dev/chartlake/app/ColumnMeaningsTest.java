package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of the tables and the comments in databases say the same of a column. */
class ColumnMeaningsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| [A-Z]+ \\| (?:no|yes) \\| ?(?:\\*\\*Key\\.\\*\\* )?(.*) \\|$");

    @ParameterizedTest
    @EnumSource(Table.class)
    void thePageHasTheMeaningsOfTheDeclaration(Table table) throws IOException {
        String page = Files.readString(Installation.repository().resolve("docs/reference/tables.md"));
        int begin = page.indexOf("\n## " + table.sqlName() + "\n");
        String section = page.substring(begin + 1, page.indexOf("\n## ", begin + 1));
        Map<String, String> meanings = new HashMap<>();
        ROW.matcher(section)
                .results()
                .forEach(row -> meanings.put(
                        row.group(1),
                        row.group(2).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "")));
        for (Column column : table.columns()) {
            assertThat(column.meaning()).as(column.name()).isEqualTo(meanings.get(column.name()));
        }
    }
}

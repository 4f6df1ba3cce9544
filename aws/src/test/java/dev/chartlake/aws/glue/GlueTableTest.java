package dev.chartlake.aws.glue;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.glue.GlueTable.GlueColumn;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Terraform and the code make the same tables, because Terraform reads what the code wrote. */
class GlueTableTest {
    private static final Path FILE = Path.of("../deploy/terraform/tables.json");

    @Test
    void terraformHasTheTablesOfTheDeclaration() throws IOException {
        var declared =
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(definitions()) + "\n";
        if (Boolean.getBoolean("chartlake.write")) {
            Files.writeString(FILE, declared);
        }
        assertThat(FILE)
                .describedAs("Columns have changed: run this test with -Dchartlake.write=true and commit the file")
                .hasContent(declared);
    }

    @Test
    void columnsHaveTheTypesOfTheDeclaration() {
        var entries = new GlueTable(Table.PLAYLIST_ENTRIES, FileKind.PARQUET);
        assertThat(entries.name()).isEqualTo("playlist_entry_data");
        assertThat(entries.columns())
                .hasSize(16)
                .contains(
                        new GlueColumn("source", "string", "Key."),
                        new GlueColumn("observed_at", "timestamp", "Key. UTC."),
                        new GlueColumn("position", "int", "Key."),
                        new GlueColumn("kind", "string", "Key."),
                        new GlueColumn("artist_names", "string", ""),
                        new GlueColumn("streams", "bigint", ""));
        assertThat(new GlueTable(Table.PLAYLIST_ENTRIES, FileKind.CSV).columns())
                .allMatch(column -> column.type().equals("string"));
    }

    private static Map<String, Object> definitions() {
        var all = new LinkedHashMap<String, Object>();
        for (var table : GlueTable.all()) {
            var kind = table.kind();
            var definition = new LinkedHashMap<String, Object>();
            definition.put("description", table.description());
            definition.put("folder", table.folder());
            definition.put("columns", columns(table.columns()));
            definition.put("partition_keys", columns(List.of(GlueTable.partitionKey())));
            definition.put("input_format", kind.input());
            definition.put("output_format", kind.output());
            definition.put("serde", kind.serde());
            definition.put("serde_parameters", new TreeMap<>(kind.serdeParameters()));
            definition.put("parameters", new TreeMap<>(kind.parameters()));
            all.put(table.name(), definition);
        }
        return all;
    }

    private static List<Map<String, String>> columns(List<GlueColumn> columns) {
        return columns.stream()
                .map(column -> new TreeMap<>(
                        Map.of("name", column.name(), "type", column.type(), "comment", column.comment())))
                .<Map<String, String>>map(column -> column.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new)))
                .toList();
    }
}

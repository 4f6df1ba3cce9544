package dev.chartlake.aws.glue;

import dev.chartlake.aws.glue.GlueTable.GlueColumn;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Tables and partitions as Glue wants to be told of them. */
final class GlueDefinitions {
    /** The parameter of a partition that tells with which columns it was registered. */
    static final String COLUMNS = "chartlake.columns";

    private GlueDefinitions() {}

    static TableInput table(GlueTable table, String lake) {
        var parameters = new HashMap<>(table.kind().parameters());
        parameters.put("EXTERNAL", "TRUE");
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .tableType("EXTERNAL_TABLE")
                .parameters(parameters)
                .partitionKeys(columns(List.of(GlueTable.partitionKey())))
                .storageDescriptor(storage(table, lake + table.folder()))
                .build();
    }

    /** True if the table is as this version would make it, whatever else it has. */
    static boolean same(Table found, TableInput wanted) {
        var storage = found.storageDescriptor();
        var serde = storage.serdeInfo();
        return described(storage.columns())
                        .equals(described(wanted.storageDescriptor().columns()))
                && described(found.partitionKeys()).equals(described(wanted.partitionKeys()))
                && slashed(storage.location()).equals(wanted.storageDescriptor().location())
                && storage.inputFormat().equals(wanted.storageDescriptor().inputFormat())
                && serde.serializationLibrary()
                        .equals(wanted.storageDescriptor().serdeInfo().serializationLibrary())
                && serde.parameters()
                        .entrySet()
                        .containsAll(wanted.storageDescriptor()
                                .serdeInfo()
                                .parameters()
                                .entrySet())
                && found.parameters().entrySet().containsAll(wanted.parameters().entrySet());
    }

    /** The lake whose folder of this table the files of {@code found} are in, with a slash; empty if it is in no lake. */
    static Optional<String> lakeOf(GlueTable table, Table found) {
        var storage = found.storageDescriptor();
        var location = storage == null || storage.location() == null ? "" : slashed(storage.location());
        return location.endsWith("/" + table.folder())
                ? Optional.of(
                        location.substring(0, location.length() - table.folder().length()))
                : Optional.empty();
    }

    /** Without a difference between no comment and an empty one, which Glue does not keep. */
    private static List<GlueColumn> described(List<Column> columns) {
        return columns.stream()
                .map(column ->
                        new GlueColumn(column.name(), column.type(), column.comment() == null ? "" : column.comment()))
                .toList();
    }

    static PartitionInput partition(GlueTable table, LocalDate date, String location) {
        return PartitionInput.builder()
                .values(date.toString())
                .parameters(Map.of(COLUMNS, columnsOf(table)))
                .storageDescriptor(storage(table, location))
                .build();
    }

    /** Differs when the columns do. */
    static String columnsOf(GlueTable table) {
        var crc = new CRC32C();
        crc.update(table.columns().toString().getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    static String slashed(String location) {
        return location.endsWith("/") ? location : location + "/";
    }

    private static StorageDescriptor storage(GlueTable table, String location) {
        var kind = table.kind();
        return StorageDescriptor.builder()
                .columns(columns(table.columns()))
                .location(location)
                .inputFormat(kind.input())
                .outputFormat(kind.output())
                .serdeInfo(serde -> serde.serializationLibrary(kind.serde()).parameters(kind.serdeParameters()))
                .parameters(kind.parameters())
                .build();
    }

    private static List<Column> columns(List<GlueColumn> columns) {
        return columns.stream()
                .map(column -> Column.builder()
                        .name(column.name())
                        .type(column.type())
                        .comment(column.comment().isEmpty() ? null : column.comment())
                        .build())
                .toList();
    }
}

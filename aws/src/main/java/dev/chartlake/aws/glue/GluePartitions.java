package dev.chartlake.aws.glue;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.Partition;

/** The days that are registered in a table. They are listed once, so that a day which is as it was costs nothing. */
final class GluePartitions {
    private static final String EXISTS = "AlreadyExistsException";
    private static final String MISSING = "EntityNotFoundException";

    private final GlueClient glue;
    private final String database;
    private final GlueTable table;
    private final Map<LocalDate, Registered> days = new HashMap<>();

    private record Registered(String location, String columns) {}

    private GluePartitions(GlueClient glue, String database, GlueTable table) {
        this.glue = glue;
        this.database = database;
        this.table = table;
    }

    static GluePartitions of(GlueClient glue, String database, GlueTable table) {
        var partitions = new GluePartitions(glue, database, table);
        glue
                .getPartitionsPaginator(request ->
                        request.databaseName(database).tableName(table.name()).excludeColumnSchema(true))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .forEach(partitions::note);
        return partitions;
    }

    private void note(Partition partition) {
        try {
            var columns = partition.parameters().getOrDefault(GlueDefinitions.COLUMNS, "");
            days.put(
                    LocalDate.parse(partition.values().get(0)),
                    new Registered(
                            GlueDefinitions.slashed(
                                    partition.storageDescriptor().location()),
                            columns));
        } catch (DateTimeParseException e) {
            // Of nobody's day; Athena reads it as such.
        }
    }

    /** Makes sure that the day is registered with its files at {@code location}, or, without one, that it is not. */
    void set(LocalDate date, Optional<String> location) throws WarehouseException {
        var wanted = location.map(at -> new Registered(at, GlueDefinitions.columnsOf(table)));
        var found = Optional.ofNullable(days.get(date));
        if (found.equals(wanted)) {
            return;
        }
        if (wanted.isEmpty()) {
            remove(date);
            days.remove(date);
            return;
        }
        if (found.isPresent() || !create(date, wanted.get().location())) {
            update(date, wanted.get().location());
        }
        days.put(date, wanted.get());
    }

    /** False if somebody else was faster. */
    private boolean create(LocalDate date, String location) throws WarehouseException {
        var errors = glue.batchCreatePartition(request -> request.databaseName(database)
                        .tableName(table.name())
                        .partitionInputList(GlueDefinitions.partition(table, date, location)))
                .errors();
        return check(date, errors.isEmpty() ? null : errors.get(0).errorDetail(), EXISTS);
    }

    private void update(LocalDate date, String location) throws WarehouseException {
        var errors = glue.batchUpdatePartition(request -> request.databaseName(database)
                        .tableName(table.name())
                        .entries(entry -> entry.partitionValueList(date.toString())
                                .partitionInput(GlueDefinitions.partition(table, date, location))))
                .errors();
        if (!check(date, errors.isEmpty() ? null : errors.get(0).errorDetail(), MISSING)) {
            create(date, location);
        }
    }

    private void remove(LocalDate date) throws WarehouseException {
        var errors = glue.batchDeletePartition(request -> request.databaseName(database)
                        .tableName(table.name())
                        .partitionsToDelete(partition -> partition.values(List.of(date.toString()))))
                .errors();
        check(date, errors.isEmpty() ? null : errors.get(0).errorDetail(), MISSING);
    }

    /** True without an error, false with the harmless one; any other is thrown. */
    private boolean check(LocalDate date, @Nullable ErrorDetail error, String harmless) throws WarehouseException {
        if (error == null) {
            return true;
        }
        if (harmless.equals(error.errorCode())) {
            return false;
        }
        throw new WarehouseException(
                Kind.UNAVAILABLE,
                "Glue did not register " + date + " in " + database + "." + table.name() + ": " + error.errorCode()
                        + ": " + error.errorMessage() + ". Run load again.",
                null);
    }
}

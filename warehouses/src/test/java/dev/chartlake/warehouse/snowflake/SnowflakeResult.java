package dev.chartlake.warehouse.snowflake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave.
 *
 * @param types of the columns, as Snowflake names them
 * @param rows values as texts
 * @param changed how many rows it changed, or -1 for a query
 */
record SnowflakeResult(List<String> names, List<String> types, List<List<@Nullable String>> rows, long changed) {

    static final SnowflakeResult DONE = new SnowflakeResult(
            List.of("status"), List.of("TEXT"), List.of(List.of("Statement executed successfully.")), -1);

    static SnowflakeResult changed(long rows) {
        return new SnowflakeResult(List.of("number of rows"), List.of("FIXED"), List.of(List.of("" + rows)), rows);
    }
}

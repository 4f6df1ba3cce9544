package dev.chartlake.spark;

import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows of a view, from Spark or from DuckDB. */
record Rows(List<String> names, List<List<@Nullable Object>> values) {

    static Rows of(Dataset<Row> view) {
        List<String> names = List.of(view.columns());
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (Row row : view.collectAsList()) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                cells.add(row.get(i));
            }
            values.add(cells);
        }
        return new Rows(names, values);
    }

    static Rows of(DuckDbLake query, String view) throws IOException {
        List<String> names = new ArrayList<>();
        List<List<@Nullable Object>> values = new ArrayList<>();
        query.run("SELECT * FROM " + view, new ResultSink() {
            @Override
            public void columns(List<ResultColumn> columns) {
                columns.forEach(column -> names.add(column.name()));
            }

            @Override
            public void row(List<@Nullable Object> row) {
                values.add(new ArrayList<>(row));
            }

            @Override
            public void end() {}
        });
        return new Rows(names, values);
    }

    /**
     * Sorted, by the names of the columns, because in Spark the day is the last one of a table; and without what differs
     * between drivers: types of numbers, and the last digits of a share.
     */
    List<String> texts() {
        return values.stream()
                .map(row -> {
                    TreeMap<String, String> cells = new TreeMap<>();
                    IntStream.range(0, row.size()).forEach(i -> cells.put(names.get(i), text(row.get(i))));
                    return cells.toString();
                })
                .sorted()
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(new MathContext(12))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    /** In Spark, in the order and with the types of {@code schema}. */
    Dataset<Row> in(SparkSession spark, StructType schema) {
        List<Row> rows = new ArrayList<>();
        for (List<@Nullable Object> row : values) {
            @Nullable Object[] cells = new Object[schema.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(row.get(names.indexOf(schema.fields()[i].name())), schema.fields()[i].dataType());
            }
            rows.add(RowFactory.create(cells));
        }
        return spark.createDataFrame(rows, schema);
    }

    private static @Nullable Object cell(@Nullable Object value, DataType type) {
        if (!(value instanceof Number number)) {
            return value;
        }
        return type.equals(DataTypes.IntegerType)
                ? (Object) number.intValue()
                : type.equals(DataTypes.LongType) ? (Object) number.longValue() : number.doubleValue();
    }
}

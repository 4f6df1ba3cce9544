package dev.chartlake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are in the order of their keys, texts by their bytes, however they came. */
class RowOrderTest {

    private static final List<String> STARTS =
            List.of("", "a", "abcd", "abcde", "abcdef", "é", "中", "🎵", "~", "\u0000", "Z");

    @ParameterizedTest
    @EnumSource(Table.class)
    void isTheOrderOfTheKeyWhateverTheOrderOfArrival(Table table) throws Exception {
        Seeded.run(random -> {
            List<List<Object>> keys = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                keys.add(key(table, random));
            }
            List<List<Object>> sorted =
                    keys.stream().distinct().sorted(RowOrderTest::compare).toList();
            for (int round = 0; round < 5; round++) {
                List<List<Object>> shuffled = new ArrayList<>(sorted);
                if (round > 0) {
                    Collections.shuffle(shuffled, random);
                }
                TableRows rows = rows(table, shuffled);
                List<List<Object>> ordered = new ArrayList<>();
                for (int row : RowOrder.byKey(rows)) {
                    ordered.add(shuffled.get(row));
                }
                for (int i = 0; i < sorted.size(); i++) {
                    assertThat(ordered.get(i)).as("row %d", i).isEqualTo(sorted.get(i));
                }
            }
        });
    }

    @Test
    void ordersNothingAndOne() {
        TableRows rows = new TableRows(Table.ARTISTS, new Strings());
        assertThat(RowOrder.byKey(rows)).isEmpty();
        rows.set(rows.add(), 0, rows.strings().intern("a"));
        assertThat(RowOrder.byKey(rows)).containsExactly(0);
    }

    /** As songs are: ids of the same length, and a list with thousands of positions. */
    @Test
    void ordersManyRows() throws Exception {
        Seeded.run(random -> {
            TableRows rows = new TableRows(Table.SONG_ARTISTS, new Strings());
            for (int i = 0; i < 100_000; i++) {
                int row = rows.add();
                rows.set(row, 0, rows.strings().intern("id" + random.nextInt(30_000)));
                rows.set(row, 1, random.nextInt());
            }
            int[] order = RowOrder.byKey(rows);
            assertThat(Arrays.stream(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, 100_000).toArray());
            for (int i = 1; i < order.length; i++) {
                if (RowOrder.compare(rows, order[i - 1], order[i]) > 0) {
                    throw new AssertionError("rows " + order[i - 1] + " and " + order[i] + " are out of order");
                }
            }
        });
    }

    private static List<Object> key(Table table, Random random) {
        List<Object> key = new ArrayList<>();
        for (Column column : table.key()) {
            key.add(
                    switch (column.type()) {
                        case TEXT ->
                            STARTS.get(random.nextInt(STARTS.size()))
                                    + (random.nextBoolean() ? random.nextInt(20) : "");
                        case BIGINT, TIMESTAMP -> random.nextBoolean() ? random.nextLong() : random.nextInt(3);
                        default -> random.nextBoolean() ? random.nextInt() : random.nextInt(3);
                    });
        }
        return key;
    }

    private static TableRows rows(Table table, List<List<Object>> keys) {
        TableRows rows = new TableRows(table, new Strings());
        for (List<Object> key : keys) {
            int row = rows.add();
            for (int c = 0; c < key.size(); c++) {
                ColumnType type = table.columns().get(c).type();
                if (type == ColumnType.TEXT) {
                    rows.set(row, c, rows.strings().intern((String) key.get(c)));
                } else if (TableRows.isLong(type)) {
                    rows.set(row, c, ((Number) key.get(c)).longValue());
                } else {
                    rows.set(row, c, ((Number) key.get(c)).intValue());
                }
            }
        }
        return rows;
    }

    private static int compare(List<Object> a, List<Object> b) {
        for (int c = 0; c < a.size(); c++) {
            int order = a.get(c) instanceof String text
                    ? Arrays.compareUnsigned(
                            text.getBytes(StandardCharsets.UTF_8), ((String) b.get(c)).getBytes(StandardCharsets.UTF_8))
                    : Comparator.<Long>naturalOrder()
                            .compare(((Number) a.get(c)).longValue(), ((Number) b.get(c)).longValue());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}

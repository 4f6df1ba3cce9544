package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link QueryEngine} promises. */
public abstract class QueryEngineContract {

    private static final Answer VALUES = new Answer(
            "SELECT 1 AS number, 'Ærlig, \"talt\"' AS text, CAST(NULL AS VARCHAR) AS none, DATE '2026-11-21' AS day,"
                    + " true AS truth, 0.25e0 AS share",
            List.of("number", "text", "none", "day", "truth", "share"),
            List.of("integer", "varchar", "varchar", "date", "boolean", "double"),
            List.of(Arrays.asList("1", "Ærlig, \"talt\"", null, "2026-11-21", "true", "0.25")));

    private static final Answer TWINS = new Answer(
            "SELECT 1 AS a, 2 AS a", List.of("a", "a"), List.of("integer", "integer"), List.of(List.of("1", "2")));

    private static final Answer NOTHING =
            new Answer("SELECT 1 AS a WHERE 1 = 2", List.of("a"), List.of("integer"), List.of());

    private static final Answer MANY = many(2_500);

    /** A query that is wrong for every engine. */
    protected static final String WRONG = "SELECT no_such_column FROM no_such_table";

    /**
     * A query and what it answers. An engine that runs elsewhere can be tested with a server that gives these answers.
     *
     * @param rows each value as text, or null
     */
    protected record Answer(
            String sql, List<String> columns, List<String> types, List<? extends List<@Nullable String>> rows) {}

    /** An engine on a lake. It gives these answers, and fails for {@link #WRONG}. The test closes it. */
    protected abstract QueryEngine engine(List<Answer> answers) throws IOException;

    private static Answer many(int rows) {
        String sql = "SELECT a.i * 50 + b.i AS n FROM (VALUES " + numbers(rows / 50) + ") AS a(i) CROSS JOIN (VALUES "
                + numbers(50) + ") AS b(i) ORDER BY 1";
        List<List<@Nullable String>> values = new ArrayList<>();
        IntStream.range(0, rows).forEach(i -> values.add(List.of(Integer.toString(i))));
        return new Answer(sql, List.of("n"), List.of("integer"), values);
    }

    private static String numbers(int count) {
        return String.join(
                ", ", IntStream.range(0, count).mapToObj(i -> "(" + i + ")").toList());
    }

    private QueryEngine open() throws IOException {
        return engine(List.of(VALUES, TWINS, NOTHING, MANY));
    }

    /** Keeps what it is given, and insists on the order of calls. */
    private static final class Kept implements ResultSink {
        private @Nullable List<ResultColumn> columns;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private boolean ended;

        @Override
        public void columns(List<ResultColumn> all) {
            assertThat(columns).as("columns come once").isNull();
            columns = all;
        }

        @Override
        public void row(List<@Nullable Object> values) {
            assertThat(ended).as("rows come before the end").isFalse();
            assertThat(values).hasSize(names().size());
            rows.add(new ArrayList<>(values));
        }

        @Override
        public void end() {
            assertThat(ended).as("the end comes once").isFalse();
            assertThat(columns).isNotNull();
            ended = true;
        }

        List<String> names() {
            List<ResultColumn> known = columns;
            if (known == null) {
                throw new AssertionError("columns come first");
            }
            return known.stream().map(ResultColumn::name).toList();
        }

        List<Long> numbers() {
            return rows.stream()
                    .map(row -> row.get(0) instanceof Number number ? number.longValue() : -1L)
                    .toList();
        }
    }

    private static Kept run(QueryEngine engine, Answer answer) throws IOException {
        Kept sink = new Kept();
        engine.run(answer.sql(), sink);
        assertThat(sink.ended).isTrue();
        assertThat(sink.names()).isEqualTo(answer.columns());
        return sink;
    }

    @Test
    void valuesHaveTheTypesThatSinksExpect() throws Exception {
        try (QueryEngine engine = open()) {
            Kept sink = run(engine, VALUES);
            assertThat(sink.rows).hasSize(1);
            List<@Nullable Object> row = sink.rows.get(0);
            assertThat(row.get(0))
                    .isInstanceOfSatisfying(
                            Number.class, one -> assertThat(one.longValue()).isOne());
            assertThat(row.subList(1, 5))
                    .isEqualTo(Arrays.asList("Ærlig, \"talt\"", null, LocalDate.of(2026, 11, 21), true));
            assertThat(row.get(5)).isEqualTo(0.25);
            List<ResultColumn> columns = sink.columns;
            assertThat(columns).isNotNull();
            assertThat(columns.stream().map(ResultColumn::numeric))
                    .containsExactly(true, false, false, false, false, true);
        }
    }

    @Test
    void columnsMayShareAName() throws Exception {
        try (QueryEngine engine = open()) {
            Kept sink = run(engine, TWINS);
            assertThat(sink.rows.get(0)).extracting(String::valueOf).containsExactly("1", "2");
        }
    }

    @Test
    void aResultWithoutRowsHasColumnsAndAnEnd() throws Exception {
        try (QueryEngine engine = open()) {
            assertThat(run(engine, NOTHING).rows).isEmpty();
        }
    }

    @Test
    void manyRowsComeInTheOrderOfTheQueryAndAgainTheSame() throws Exception {
        try (QueryEngine engine = open()) {
            List<Long> all = IntStream.range(0, MANY.rows().size())
                    .mapToObj(i -> (long) i)
                    .toList();
            assertThat(run(engine, MANY).numbers()).isEqualTo(all);
            assertThat(run(engine, MANY).numbers()).isEqualTo(all);
            Kept small = new Kept();
            engine.runSmall(MANY.sql(), small);
            assertThat(small.numbers()).isEqualTo(all);
            assertThat(small.ended).isTrue();
        }
    }

    @Test
    void aQueryThatIsWrongHasNoEndAndTheNextOneIsAnswered() throws Exception {
        try (QueryEngine engine = open()) {
            Kept sink = new Kept();
            assertThatThrownBy(() -> engine.run(WRONG, sink))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("no_such");
            assertThat(sink.ended).isFalse();
            assertThat(run(engine, TWINS).rows).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE songs",
                "CREATE TABLE x AS SELECT 1",
                "INSERT INTO songs VALUES (1)",
                "DELETE FROM songs",
                "/* SELECT */ UPDATE songs SET name = 'x'",
                ""
            })
    void whatIsNotAQueryIsRefused(String sql) throws Exception {
        try (QueryEngine engine = open()) {
            Kept sink = new Kept();
            assertThatThrownBy(() -> engine.run(sql, sink)).isInstanceOf(QueryException.class);
            assertThat(sink.columns).isNull();
            assertThat(sink.ended).isFalse();
            assertThat(run(engine, TWINS).rows).hasSize(1);
        }
    }

    @Test
    void aSinkThatFailsEndsTheQueryAndNoOther() throws Exception {
        try (QueryEngine engine = open()) {
            boolean[] ended = new boolean[1];
            ResultSink full = new ResultSink() {
                private int rows;

                @Override
                public void columns(List<ResultColumn> columns) {}

                @Override
                public void row(List<@Nullable Object> values) throws IOException {
                    if (++rows == 10) {
                        throw new IOException("Broken pipe");
                    }
                }

                @Override
                public void end() {
                    ended[0] = true;
                }
            };
            assertThatThrownBy(() -> engine.run(MANY.sql(), full))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Broken pipe");
            assertThat(ended[0]).isFalse();
            assertThat(run(engine, MANY).rows).hasSize(MANY.rows().size());
        }
    }

    @Test
    void eachOfManyThreadsGetsTheRowsOfItsQuery() throws Exception {
        List<Answer> answers = List.of(MANY, TWINS, NOTHING, VALUES, MANY, TWINS);
        ExecutorService threads = Executors.newFixedThreadPool(answers.size());
        try (QueryEngine engine = open()) {
            List<Future<Kept>> running = new ArrayList<>();
            answers.forEach(answer -> running.add(threads.submit(() -> run(engine, answer))));
            for (int i = 0; i < answers.size(); i++) {
                assertThat(running.get(i).get(Hang.SECONDS, TimeUnit.SECONDS).rows)
                        .hasSize(answers.get(i).rows().size());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.chartlake.spark;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayRun;
import dev.chartlake.day.DayTransform;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.spark.Runs.Run;
import dev.chartlake.transform.OpenAhead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Computes a run of a day's raw objects and ships what comes of it. */
final class RunTask implements FlatMapFunction<Run, Shipped> {

    private static final long serialVersionUID = 1L;
    private static final int CHUNK = 1 << 20;

    private final JobLake lake;
    private final LocalDate day;

    /** Of a day in UTC. */
    RunTask(JobLake lake, LocalDate day) {
        this.lake = lake;
        this.day = day;
    }

    @Override
    public Iterator<Shipped> call(Run run) {
        try {
            DayTransform transform = new DayTransform(TaskMemory.share(), DayTransform.Parts.MANY);
            ComputedDay computed = transform.compute(day, new OpenAhead(lake.store(), run.objects()));
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close(computed));
            return new Shipping(run.number(), computed.run());
        } catch (IOException | RuntimeException e) {
            return List.<Shipped>of(new Shipped.Failed(run.number(), ErrorText.of(e)))
                    .iterator();
        }
    }

    private static void close(ComputedDay computed) {
        try {
            computed.close();
        } catch (IOException e) {
            // A temporary file stays; the machine's own cleaning takes it.
        }
    }

    /** Reads the run's files as Spark asks for more. */
    private static final class Shipping implements Iterator<Shipped> {

        private final int number;
        private final DayRun run;
        private final Iterator<DayRun.Piece> pieces;
        private DayRun.@Nullable Piece piece;
        private @Nullable InputStream in;
        private long offset;
        private boolean done;

        Shipping(int number, DayRun run) {
            this.number = number;
            this.run = run;
            this.pieces = run.pieces().iterator();
        }

        @Override
        public boolean hasNext() {
            return !done;
        }

        @Override
        public Shipped next() {
            if (done) {
                throw new NoSuchElementException();
            }
            try {
                while (true) {
                    if (piece == null || in == null) {
                        if (!pieces.hasNext()) {
                            done = true;
                            return new Shipped.Said(number, run.summary());
                        }
                        piece = pieces.next();
                        in = piece.open();
                        offset = 0;
                    }
                    byte[] bytes = in.readNBytes(CHUNK);
                    if (bytes.length > 0) {
                        long at = offset;
                        offset += bytes.length;
                        return new Shipped.Rows(number, piece.part(), piece.table(), piece.rows(), at, bytes);
                    }
                    in.close();
                    in = null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

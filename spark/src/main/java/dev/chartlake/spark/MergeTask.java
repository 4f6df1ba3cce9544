package dev.chartlake.spark;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayMerge;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.RecentDays;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.Publisher;
import dev.chartlake.spark.DayResult.Todo;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Makes a day of its runs, and commits it. */
final class MergeTask implements FlatMapFunction<Iterator<Shipped>, DayResult> {

    private static final long serialVersionUID = 1L;

    private final JobLake lake;
    private final LocalDate day;
    private final Broadcast<DayObjects> found;
    private final int runs;
    private final Broadcast<RecentDays> recent;

    /** Of a day in UTC that was split into so many {@code runs}. */
    MergeTask(JobLake lake, LocalDate day, Broadcast<DayObjects> found, int runs, Broadcast<RecentDays> recent) {
        this.lake = lake;
        this.day = day;
        this.found = found;
        this.runs = runs;
        this.recent = recent;
    }

    @Override
    public Iterator<DayResult> call(Iterator<Shipped> shipped) {
        return List.of(merge(shipped)).iterator();
    }

    private DayResult merge(Iterator<Shipped> shipped) {
        try (DayMerge merge = new DayMerge(day)) {
            Set<Integer> arrived = new TreeSet<>();
            while (shipped.hasNext()) {
                Shipped next = shipped.next();
                if (next instanceof Shipped.Rows rows) {
                    merge.bytes(rows.run(), rows.part(), rows.table(), rows.rows(), rows.offset(), rows.bytes());
                } else if (next instanceof Shipped.Said said) {
                    merge.summary(said.run(), said.summary());
                    arrived.add(said.run());
                } else if (next instanceof Shipped.Failed failed) {
                    return DayResult.failed(day, failed.reason());
                }
            }
            if (arrived.size() != runs) {
                return DayResult.failed(
                        day, "only " + arrived.size() + " of its " + runs + " runs arrived. Run the same job again.");
            }
            return commit(merge);
        } catch (IOException | RuntimeException e) {
            return DayResult.failed(day, e);
        }
    }

    private DayResult commit(DayMerge merge) throws IOException {
        Publisher.Publication publication = lake.publisher().begin(day);
        try (ComputedDay computed = merge.day();
                DayCommit commit = DayCommit.prepare(lake.store(), publication, found.value(), computed)) {
            DayCommit.@Nullable Outcome outcome = commit.commit(DayTask.gate(recent));
            return outcome == null ? DayResult.todo(day, Todo.AGAIN) : DayResult.committed(outcome);
        } finally {
            publication.close(); // the second time changes nothing
        }
    }
}

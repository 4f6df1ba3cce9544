package dev.chartlake.spark;

import dev.chartlake.day.DayTransform;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.RecentDays;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.spark.DayResult.Todo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.SingleDay;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Computes a day and commits it, unless it is too large for one task. */
final class DayTask implements Function<LocalDate, DayResult> {

    private static final long serialVersionUID = 1L;

    private final JobLake lake;
    private final Broadcast<RecentDays> recent;
    private final long splitAbove;

    /** Leaves days with more than {@code splitAbove} bytes of raw objects to others. */
    DayTask(JobLake lake, Broadcast<RecentDays> recent, long splitAbove) {
        this.lake = lake;
        this.recent = recent;
        this.splitAbove = splitAbove;
    }

    @Override
    public DayResult call(LocalDate day) {
        try {
            ObjectStore store = lake.store();
            DayObjects found = DayObjects.list(store, day);
            if (Runs.bytes(found.objects()) > splitAbove && found.objects().size() > 1) {
                return DayResult.todo(day, Todo.SPLIT);
            }
            DayTransform transform = TaskMemory.take();
            DayCommit computed = compute(store, transform, day, found);
            DayCommit.Outcome outcome = SingleDay.commit(
                    computed, gate(recent), again -> compute(store, transform, again, DayObjects.list(store, again)));
            TaskMemory.leave(transform);
            return DayResult.committed(outcome);
        } catch (IOException | RuntimeException e) {
            return DayResult.failed(day, e);
        }
    }

    private DayCommit compute(ObjectStore store, DayTransform transform, LocalDate day, DayObjects found)
            throws IOException {
        return SingleDay.prepare(store, lake.publisher(), transform, day, found, () -> {});
    }

    static QualityGate gate(Broadcast<RecentDays> recent) {
        return new QualityGate(recent.value(), QualityRules.DEFAULT, RawChanges.REFUSE);
    }
}

package dev.chartlake.spark;

import dev.chartlake.day.DayTransform;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** What the tasks of one process share: its memory, and what they have learned about songs. */
final class TaskMemory {

    /** A day does not get along with less. */
    private static final long LEAST = 40 << 20;

    /** Those that no task uses at the moment. */
    private static final Queue<DayTransform> IDLE = new ConcurrentLinkedQueue<>();

    private TaskMemory() {}

    /** What one task may use, in bytes: half of the process's memory is for days, the rest for Spark. */
    static long share() {
        SparkConf conf = SparkEnv.get().conf();
        int processors = Runtime.getRuntime().availableProcessors();
        int tasks = Math.max(1, conf.getInt("spark.executor.cores", processors));
        return Math.max(LEAST, Runtime.getRuntime().maxMemory() / 2 / tasks);
    }

    /** One that recognises the songs of an earlier day, if there was one here. */
    static DayTransform take() {
        DayTransform idle = IDLE.poll();
        return idle != null ? idle : new DayTransform(share(), DayTransform.Parts.MANY);
    }

    /** Leaves one, whose day is computed and written, for the next task. */
    static void leave(DayTransform transform) {
        IDLE.add(transform);
    }
}

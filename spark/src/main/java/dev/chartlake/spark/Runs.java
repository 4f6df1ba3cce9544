package dev.chartlake.spark;

import dev.chartlake.lake.DayObjects.DayObject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Splits the raw objects of a day. */
final class Runs {

    /** Raw objects that follow each other in merge order; {@code number} counts from 0. */
    record Run(int number, List<DayObject> objects) implements Serializable {}

    private Runs() {}

    /** Runs of about {@code bytes} each; a larger object is a run by itself. */
    static List<Run> of(List<DayObject> objects, long bytes) {
        List<Run> runs = new ArrayList<>();
        List<DayObject> run = new ArrayList<>();
        long size = 0;
        for (DayObject object : objects) {
            if (!run.isEmpty() && size + object.size() > bytes) {
                runs.add(new Run(runs.size(), List.copyOf(run)));
                run.clear();
                size = 0;
            }
            run.add(object);
            size += object.size();
        }
        runs.add(new Run(runs.size(), List.copyOf(run)));
        return runs;
    }

    /** How many bytes they have together. */
    static long bytes(List<DayObject> objects) {
        return objects.stream().mapToLong(DayObject::size).sum();
    }
}

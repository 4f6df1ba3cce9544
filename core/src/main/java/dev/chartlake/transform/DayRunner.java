package dev.chartlake.transform;

import dev.chartlake.model.Progress;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Computes days, on whichever machines, and commits each. */
@FunctionalInterface
public interface DayRunner {

    /**
     * Computes and commits each of these days. One that fails does not stop the others.
     *
     * @throws IOException if nothing can be computed, such as where the lake cannot be reached
     */
    TransformResult run(List<LocalDate> days, Progress progress) throws IOException;
}

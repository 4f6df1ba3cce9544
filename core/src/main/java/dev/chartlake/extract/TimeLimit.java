package dev.chartlake.extract;

import dev.chartlake.extract.ExtractResult.Failed;
import java.util.Optional;

/** Ends a run before its time is up. Asked before each list but the first. */
@FunctionalInterface
public interface TimeLimit {

    /** A run may take any time. */
    TimeLimit NONE = Optional::empty;

    /** What becomes of a list that must not be begun any more; empty while there is time. */
    Optional<Failed> reached();
}

package dev.chartlake.dashboard;

import dev.chartlake.lake.LakeStatus;
import java.io.IOException;

/** Looks at a lake for the page. Called by one thread at a time. */
@FunctionalInterface
public interface StatusLook {

    /** The lake's status now. */
    LakeStatus look() throws IOException;
}

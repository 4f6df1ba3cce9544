package dev.chartlake.app.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one thing. It changes nothing that lasts. */
interface Check {

    /** What it is called in the output. */
    String name();

    /** What it found, at least one finding. An exception is a problem of this check alone. */
    List<Diagnosis> findings() throws IOException, InterruptedException;
}

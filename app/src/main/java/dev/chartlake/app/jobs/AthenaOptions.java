package dev.chartlake.app.jobs;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Athena runs queries. It names no class of AWS, because every query sets it up. */
public final class AthenaOptions {

    @Option(
            names = "--workgroup",
            paramLabel = "NAME",
            description = "With --engine athena: the workgroup. Default: CHARTLAKE_ATHENA_WORKGROUP, then chartlake")
    private @Nullable String workgroup;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "With --engine athena: the Glue database. Default: CHARTLAKE_GLUE_DATABASE, then chartlake")
    private @Nullable String database;

    @Nullable String workgroup() {
        return workgroup;
    }

    @Nullable String database() {
        return database;
    }
}

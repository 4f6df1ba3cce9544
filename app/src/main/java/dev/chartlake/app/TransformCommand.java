package dev.chartlake.app;

import dev.chartlake.app.jobs.Transforming;
import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.publish.RawChanges;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code transform}: raw into tables. */
@Command(
        name = "transform",
        mixinStandardHelpOptions = true,
        description = {
            "Turns raw objects into tables, one partition a day. Without options: the days in which something waits.",
            "A day is always computed from all its raw objects, so running it again changes nothing. Days whose tables or"
                    + " manifest were deleted or cut are computed again."
        })
final class TransformCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private DateRange range = new DateRange();

    @Option(names = "--all", description = "Also the days that are done already")
    private boolean all;

    @Option(
            names = "--accept-raw-changes",
            description =
                    "Also compute days of which processed raw objects were deleted or edited on purpose. Without it,"
                            + " such a day fails and keeps its tables")
    private boolean acceptRawChanges;

    @Option(names = "--format", paramLabel = "parquet|csv", description = "Format of the tables. Default: parquet")
    private @Nullable String format;

    TransformCommand() {}

    /** Without options but the lake's. */
    TransformCommand(LakeOptions lake) {
        this.lake = lake;
    }

    @Override
    public Integer call() throws IOException {
        range.check();
        Settings settings = lake.settings();
        return new Transforming(
                        lake.existing(), Transforming.tableFormat(format, settings), settings.quality(), System.out)
                .run(
                        all ? TransformJob.Days.ALL : TransformJob.Days.NEW,
                        range,
                        acceptRawChanges ? RawChanges.ACCEPT : RawChanges.REFUSE);
    }
}

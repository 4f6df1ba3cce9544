package dev.chartlake.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.RecentDays;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What reads names and manifests alone, on the names and manifests of a lake that is too large to write. */
@Command(
        name = "bench/run scale",
        description = {
            "Plans, looks at and lists a simulated lake, in this process, whose heap is 512 MB.",
            "Nothing is written. The time is the processor's."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:memory did not suffice, or a run failed", "2:usage"})
final class ScaleBench implements Callable<Integer> {

    @Option(names = "--lists", paramLabel = "N", description = "Lists a day.")
    private int lists = 100_000;

    @Option(names = "--days", paramLabel = "N", description = "Committed days.")
    private int days = 3650;

    @Option(names = "--waiting-days", paramLabel = "N", description = "Days in which as many raw objects wait.")
    private int waitingDays = 10;

    @Option(
            names = "--status-days",
            paramLabel = "N",
            description =
                    "Committed days of the lake whose status is asked: each is read, so its time follows the days.")
    private int statusDays = 100;

    private final PrintStream out = System.out;

    private ScaleBench() {}

    /** Leaves with 0 if all was measured, 1 if not, 2 for a wrong option. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ScaleBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @FunctionalInterface
    private interface Work {
        @Nullable Object run() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        ScaleLake lake = new ScaleLake(lists, days, waitingDays, lists);
        say("%d lists a day, %d days; the manifest of a day has %d bytes", lists, days, lake.manifestBytes());
        say("%-44s %8s %8s %8s %8s %10s", "", "CPU s", "peak MB", "lists", "gets", "MB read");
        boolean all = measure("transform: which days", lake, () -> {
            Transformer transformer = new Transformer(lake, new ParquetFormat(), 1, 1);
            return transformer.waitingDays().size() + transformer.changedDays().size();
        });
        RecentDays[] recent = new RecentDays[1];
        all &= measure("transform: the usual of the last 30 days", lake, () -> {
            recent[0] = RecentDays.before(lake.firstWaiting(), lake, new KnownManifests());
            return recent[0];
        });
        all &= measure("Spark: the same, to be sent to the executors", lake, () -> {
            try (ObjectOutputStream to = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                to.writeObject(recent[0]);
            }
            return null;
        });
        recent[0] = null;
        all &= measure("transform: the raw objects of a day", lake, () -> DayObjects.list(lake, lake.firstWaiting()));
        ScaleLake one = new ScaleLake(1, 1, 1, lists * waitingDays);
        all &= measure(
                "the same, all " + lists * waitingDays + " in a day",
                one,
                () -> DayObjects.list(one, one.firstWaiting()));
        ScaleLake seen = new ScaleLake(lists, statusDays, 0, 0);
        all &= measure("status, " + statusDays + " days", seen, () -> LakeStatus.of(seen, QualityRules.DEFAULT));
        ScaleLake waits = new ScaleLake(lists, 1, waitingDays, lists);
        all &= measure("status, what waits", waits, () -> LakeStatus.of(waits, QualityRules.DEFAULT));
        return all ? 0 : 1;
    }

    private boolean measure(String what, ScaleLake lake, Work work) throws IOException {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        lake.requests();
        long start = cpu();
        try {
            work.run();
        } catch (OutOfMemoryError e) {
            say("%-44s did not fit into %d MB", what, Runtime.getRuntime().maxMemory() >> 20);
            return false;
        }
        double seconds = (cpu() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        ScaleLake.Requests requests = lake.requests();
        say(
                "%-44s %8.2f %8d %8d %8d %10.1f",
                what, seconds, peak >> 20, requests.listings(), requests.gets(), requests.bytes() / 1e6);
        return true;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}

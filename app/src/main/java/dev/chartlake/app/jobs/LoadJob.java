package dev.chartlake.app.jobs;

import dev.chartlake.app.jobs.Warehouses.TableChange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Loads warehouses one after the other and says what became of each. None keeps another from being loaded. */
public final class LoadJob {

    private final LakeOptions lake;
    private final Warehouses warehouses;
    private final PrintStream out;

    public LoadJob(LakeOptions lake, Warehouses warehouses, PrintStream out) {
        this.lake = lake;
        this.warehouses = warehouses;
        this.out = out;
    }

    /** Loads them and returns the exit code, that of the worst. */
    public int load(List<String> names, Loader.Days days, Set<TableChange> allowed) {
        int worst = ExitCode.DONE;
        for (String name : names) {
            worst = Math.max(worst, load(name, days, allowed));
        }
        return worst;
    }

    private int load(String name, Loader.Days days, Set<TableChange> allowed) {
        ProgressLine progress = new ProgressLine(System.err, "Loading " + name);
        return explained(progress, name, () -> {
            try (Warehouse warehouse = warehouses.open(name, allowed, lake.store())) {
                Loader.Result result = loader().run(name, warehouse, days, progress::at);
                progress.end();
                return tell(name, result);
            }
        });
    }

    /** What is done with one warehouse. */
    @FunctionalInterface
    private interface Work {
        int run() throws IOException;
    }

    private static int explained(ProgressLine progress, String name, Work work) {
        try {
            return work.run();
        } catch (Failure e) {
            return failed(progress, name, e, e.exitCode());
        } catch (WarehouseException e) {
            return failed(progress, name, e, Aws.exitCode(e));
        } catch (StoreException e) {
            int code = e.kind() == StoreException.Kind.SIGN_IN ? ExitCode.SIGN_IN : ExitCode.USAGE;
            return failed(progress, name, e, code);
        } catch (IOException | RuntimeException e) {
            return failed(progress, name, e, ExitCode.SOME_FAILED);
        }
    }

    private Loader loader() throws IOException {
        return new Loader(lake.store(), new FileDayTables(lake.store()), Clock.systemUTC());
    }

    /** Says which days a load would take, and returns the exit code. Changes nothing. */
    public int plan(List<String> names, Loader.Days days) {
        int worst = ExitCode.DONE;
        for (String name : names) {
            worst = Math.max(worst, plan(name, days));
        }
        return worst;
    }

    private int plan(String name, Loader.Days days) {
        ProgressLine none = new ProgressLine(System.err, "");
        return explained(none, name, () -> {
            try (Warehouse warehouse = warehouses.open(name, Set.of(), lake.store())) {
                List<Loader.Planned> planned = loader().plan(name, warehouse, days);
                planned.forEach(day -> out.println(day.date() + "  " + Plurals.count(day.rows(), "row")));
                long rows = planned.stream().mapToLong(Loader.Planned::rows).sum();
                out.println(
                        planned.isEmpty()
                                ? "Nothing new for " + name + "."
                                : "Would load " + Plurals.count(planned.size(), "day") + " into " + name + ": "
                                        + Plurals.count(rows, "row") + ". Nothing was changed.");
                return ExitCode.DONE;
            }
        });
    }

    private static int failed(ProgressLine progress, String name, Exception e, int code) {
        progress.end();
        System.err.println("Not loaded into " + name + ": " + ErrorText.of(e));
        return code;
    }

    private int tell(String name, Loader.Result result) {
        result.failures().forEach(failure -> System.err.println("Not loaded into " + name + ": " + failure));
        int days = result.days().size();
        if (days > 0) {
            String span =
                    result.days().get(0) + (days > 1 ? " to " + result.days().get(days - 1) : "");
            out.println("Loaded " + Plurals.count(days, "day") + " into " + name + ", " + span + ": "
                    + Plurals.count(result.rows(), "row") + ".");
        }
        if (!result.deleted().isEmpty()) {
            out.println("Deleted from " + name + ", because the lake no longer has them: "
                    + Plurals.count(result.deleted().size(), "day") + ".");
        } else if (days == 0 && result.failures().isEmpty()) {
            out.println("Nothing new for " + name + ".");
        }
        return result.countsBroke()
                ? ExitCode.CONTRACT
                : result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
}

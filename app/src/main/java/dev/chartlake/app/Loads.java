package dev.chartlake.app;

import dev.chartlake.load.DayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** Loads warehouses one after the other and says what became of each. None keeps another from being loaded. */
final class Loads {

    private final LakeOptions lake;
    private final Warehouses warehouses;
    private final PrintStream out;

    Loads(LakeOptions lake, Warehouses warehouses, PrintStream out) {
        this.lake = lake;
        this.warehouses = warehouses;
        this.out = out;
    }

    /** Loads them and returns the exit code, that of the worst. With {@code create}, tables that are missing are made. */
    int load(List<String> names, Loader.Days days, boolean create) throws IOException {
        int worst = ExitCode.DONE;
        try (DayTables tables = new ReadableTables(lake)) {
            Loader loader = new Loader(lake.store(), tables, Clock.systemUTC());
            for (String name : names) {
                worst = Math.max(worst, load(loader, name, days, create));
            }
        }
        return worst;
    }

    private int load(Loader loader, String name, Loader.Days days, boolean create) {
        Progress progress = new Progress(System.err, "Loading " + name);
        try (Warehouse warehouse = warehouses.open(name, create)) {
            Loader.Result result = loader.run(name, warehouse, days, progress::at);
            progress.end();
            return tell(name, result);
        } catch (Failure e) {
            return failed(progress, name, e, e.exitCode());
        } catch (WarehouseException e) {
            return failed(progress, name, e, Aws.exitCode(e));
        } catch (IOException | RuntimeException e) {
            return failed(progress, name, e, ExitCode.SOME_FAILED);
        }
    }

    private static int failed(Progress progress, String name, Exception e, int code) {
        progress.end();
        System.err.println("Not loaded into " + name + ": " + Main.message(e));
        return code;
    }

    private int tell(String name, Loader.Result result) {
        result.failures().forEach(failure -> System.err.println("Not loaded into " + name + ": " + failure));
        int days = result.days().size();
        if (days > 0) {
            String span =
                    result.days().get(0) + (days > 1 ? " to " + result.days().get(days - 1) : "");
            out.println("Loaded " + Words.count(days, "day") + " into " + name + ", " + span + ": "
                    + Words.count(result.rows(), "row") + ".");
        } else if (result.failures().isEmpty()) {
            out.println("Nothing new for " + name + ".");
        }
        return result.countsBroke()
                ? ExitCode.CONTRACT
                : result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
}

package dev.chartlake.app.jobs;

import dev.chartlake.app.jobs.Warehouses.TableChange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.outcome.ErrorText;
import dev.chartlake.app.outcome.ExitCode;
import dev.chartlake.app.outcome.Failure;
import dev.chartlake.app.print.Plurals;
import dev.chartlake.app.print.ProgressLine;
import dev.chartlake.duckdb.DuckDbDayTables;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.DayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Loads warehouses one after the other and says what became of each. None keeps another from being loaded. */
public final class LoadJob {

    private static final DayTables NO_ROWS = new DayTables() {
        @Override
        public DayTableRows open(Table table, String file) {
            throw new IllegalStateException("It was said to read no rows, and wants " + file);
        }

        @Override
        public void close() {}
    };

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
        try (Warehouse warehouse = warehouses.open(name, allowed)) {
            Loader.Result result = Warehouses.readsRows(name)
                    ? withRows(name, warehouse, days, progress)
                    : load(name, warehouse, days, lake.store(), NO_ROWS, progress);
            progress.end();
            return tell(name, result);
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

    /** Of a lake elsewhere, the days are those of its copy here, which the rows are read from. */
    private Loader.Result withRows(String name, Warehouse warehouse, Loader.Days days, ProgressLine progress)
            throws IOException {
        LocalStore readable = lake.readable();
        try (DuckDbDayTables tables = new DuckDbDayTables(readable.root())) {
            return load(name, warehouse, days, readable, tables, progress);
        }
    }

    private Loader.Result load(
            String name,
            Warehouse warehouse,
            Loader.Days days,
            ObjectStore from,
            DayTables tables,
            ProgressLine progress)
            throws IOException {
        return new Loader(lake.store(), from, tables, Clock.systemUTC()).run(name, warehouse, days, progress::at);
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
        } else if (result.failures().isEmpty()) {
            out.println("Nothing new for " + name + ".");
        }
        return result.countsBroke()
                ? ExitCode.CONTRACT
                : result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
}

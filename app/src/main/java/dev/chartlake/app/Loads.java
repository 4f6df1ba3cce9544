package dev.chartlake.app;

import dev.chartlake.app.Warehouses.TableChange;
import dev.chartlake.load.DayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Rows;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.sql.DuckDbDayTables;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Loads warehouses one after the other and says what became of each. None keeps another from being loaded. */
final class Loads {

    private static final DayTables NO_ROWS = new DayTables() {
        @Override
        public Rows open(Table table, String file) {
            throw new IllegalStateException("It was said to read no rows, and wants " + file);
        }

        @Override
        public void close() {}
    };

    private final LakeOptions lake;
    private final Warehouses warehouses;
    private final PrintStream out;

    Loads(LakeOptions lake, Warehouses warehouses, PrintStream out) {
        this.lake = lake;
        this.warehouses = warehouses;
        this.out = out;
    }

    /** Loads them and returns the exit code, that of the worst. */
    int load(List<String> names, Loader.Days days, Set<TableChange> allowed) {
        int worst = ExitCode.DONE;
        for (String name : names) {
            worst = Math.max(worst, load(name, days, allowed));
        }
        return worst;
    }

    private int load(String name, Loader.Days days, Set<TableChange> allowed) {
        Progress progress = new Progress(System.err, "Loading " + name);
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
    private Loader.Result withRows(String name, Warehouse warehouse, Loader.Days days, Progress progress)
            throws IOException {
        LocalStore readable = lake.readable();
        try (DuckDbDayTables tables = new DuckDbDayTables(readable.root())) {
            return load(name, warehouse, days, readable, tables, progress);
        }
    }

    private Loader.Result load(
            String name, Warehouse warehouse, Loader.Days days, ObjectStore from, DayTables tables, Progress progress)
            throws IOException {
        return new Loader(lake.store(), from, tables, Clock.systemUTC()).run(name, warehouse, days, progress::at);
    }

    private static int failed(Progress progress, String name, Exception e, int code) {
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

package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a warehouse holds, and what a load would bring. Looking changes nothing.
 *
 * @param held the days that it holds; empty if it keeps no versions, so that only the lake knows
 * @param waiting how many days a load would take
 */
public record WarehouseLook(Optional<TreeSet<LocalDate>> held, int waiting) {

    /** Opens a warehouse and looks. Throws as a load does. */
    public static WarehouseLook at(String name, Warehouses warehouses, LakeOptions lake) throws IOException {
        try (Warehouse warehouse = warehouses.open(name, Set.of(), lake.store())) {
            Optional<TreeSet<LocalDate>> held =
                    warehouse.versions().map(Map::keySet).map(TreeSet::new);
            Loader loader = new Loader(lake.store(), new FileDayTables(lake.store()), Clock.systemUTC());
            return new WarehouseLook(
                    held, loader.plan(name, warehouse, Loader.Days.NEW).size());
        }
    }
}

package dev.chartlake.load;

import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where committed days are loaded: a database, or a catalogue of the lake's files.
 *
 * <p>Lifecycle: opened for one run of a load, then {@link #prepare} once, {@link #load(List)} for one or several days at a
 * time, closed at the end.
 * Nothing else than {@link #versions} is asked of it before {@code prepare}. Threads: one at a time; other processes may load the same days at the
 * same time.
 *
 * <p>Repeatable: a day may come any number of times, in any order, and after a load that was killed in its middle; the
 * warehouse ends with the same content. A day that comes again may have other rows than before, because it was committed
 * again.
 *
 * <p>Failure: a {@link WarehouseException} for what its user can mend. It, and any other exception that is not a
 * {@link DayException}, ends the load of this warehouse and of no other.
 */
public interface Warehouse extends Closeable {

    /**
     * The {@link LoadDay#version} of each day that it holds, if it keeps them beside the rows and changes both at once; then
     * they decide which days are loaded. Empty if it keeps none: then the lake remembers. May be asked before
     * {@link #prepare}, and changes nothing.
     */
    default Optional<Map<LocalDate, String>> versions() throws IOException {
        return Optional.empty();
    }

    /**
     * Makes sure that all tables are there and as they must be.
     *
     * @return what identifies these tables among all others, such as their database and its time of creation. When it is
     *     not what it was at the last load, every day is loaded again. Holds no secret.
     */
    String prepare() throws IOException;

    /**
     * Hears what {@link #prepare} returned at this lake's last load, if that was something else than {@code now}. Throws a
     * {@link WarehouseException} if the tables must not be loaded, such as in another form than before.
     */
    default void follows(String before, String now) throws IOException {}

    /**
     * Loads one day, and returns when it is there to stay.
     *
     * @return how many of the day's rows it took from each table whose rows it loads. A number that is not the manifest's
     *     is a failure of the day. Empty if it needs no rows.
     */
    Map<Table, Long> load(LoadDay day) throws IOException;

    /**
     * How many rows the days of one call of {@link #load(List)} may have together. 0 if each day comes by itself; a day
     * with more rows does so too.
     */
    default long rowsTogether() {
        return 0;
    }

    /**
     * Loads days, and returns when they are there to stay. If there are several and one of them fails, none of them has
     * changed, so that each can be loaded by itself.
     *
     * @param days at least one, in order; several only if they have at most {@link #rowsTogether} rows
     * @return how many of their rows it took from each table, as {@link #load(LoadDay)} does
     */
    default Map<Table, Long> load(List<LoadDay> days) throws IOException {
        Map<Table, Long> taken = new EnumMap<>(Table.class);
        for (LoadDay day : days) {
            load(day).forEach((table, rows) -> taken.merge(table, rows, Long::sum));
        }
        return taken;
    }

    /**
     * Hears of a day that was loaded, and that the lake has no more. A warehouse of rows keeps what it has; one that only
     * tells where rows are forgets the day.
     */
    default void gone(LocalDate day) throws IOException {}

    /**
     * Deletes the rows of a day that it holds and that the lake has no more, because its user asked for that, and returns
     * when they are gone to stay. Returns false if it cannot: because it keeps no rows, or does not know which are of that
     * day alone.
     */
    default boolean delete(LocalDate day) throws IOException {
        return false;
    }
}

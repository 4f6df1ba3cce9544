package dev.chartlake.dashboard;

import dev.chartlake.duckdb.DuckDbLake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are made once and read by many queries. Each is made by whoever wants it first, while others wait; it is
 * dropped when it is given up and nobody reads any. Used by any number of threads.
 */
final class KeptTables {

    private final DuckDbLake lake;
    private final Map<String, CompletableFuture<String>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final List<String> givenUp = new ArrayList<>();
    private int made;
    private int readers;

    KeptTables(DuckDbLake lake) {
        this.lake = lake;
    }

    /** Until {@link #end}, no table is dropped. */
    synchronized void begin() {
        readers++;
    }

    void end() throws IOException {
        List<String> drop = List.of();
        synchronized (this) {
            readers--;
            if (readers == 0 && !givenUp.isEmpty()) {
                drop = List.copyOf(givenUp);
                givenUp.clear();
            }
        }
        for (String table : drop) {
            lake.forget(table);
        }
    }

    /** The table of this key, or null if it is not there yet. */
    synchronized @Nullable String find(String key) {
        CompletableFuture<String> table = kept.get(key);
        return table == null || !table.isDone() || table.isCompletedExceptionally() ? null : table.join();
    }

    /** The table of this key; {@code sql} says what is in it, with other kept tables {@code instead} of views. */
    String keep(String key, String sql, Map<String, String> instead) throws IOException {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> there;
        String table;
        synchronized (this) {
            there = kept.putIfAbsent(key, mine);
            table = "kept_" + key.replaceAll("\\W.*", "") + "_" + ++made;
        }
        if (there != null) {
            return there(there);
        }
        try {
            lake.keep(table, sql, instead);
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                kept.remove(key, mine);
            }
            mine.completeExceptionally(e);
            throw e;
        }
        mine.complete(table);
        synchronized (this) {
            if (kept.get(key) != mine) {
                givenUp.add(table); // the lake has changed meanwhile
            }
        }
        return table;
    }

    private static String there(CompletableFuture<String> table) throws IOException {
        try {
            return table.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    /** Gives up all of these whose key starts so, but the {@code most} that were wanted last. */
    synchronized void giveUp(String prefix, int most) {
        List<String> keys =
                kept.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
        for (String key : keys.subList(0, Math.max(0, keys.size() - most))) {
            CompletableFuture<String> table = kept.remove(key);
            if (table != null && table.isDone() && !table.isCompletedExceptionally()) {
                givenUp.add(table.join());
            }
        }
    }
}

package dev.chartlake.duckdb.files;

import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * When the folders last changed that every commit and compaction changes: while none has, a table has the same files.
 *
 * @param manifests milliseconds since 1970, 0 if the folder is not there; likewise the others
 * @param looked when this was found out
 */
record FolderTimes(long manifests, long days, long copies, long looked) {

    /** Disks keep time in steps, of up to two seconds: within one, a folder can change twice and show one time. */
    private static final long STEP = TimeUnit.SECONDS.toMillis(3);

    static FolderTimes of(Path lake, Table table) {
        long now = System.currentTimeMillis();
        var root = lake.toFile();
        return new FolderTimes(
                new File(root, Manifest.ROOT).lastModified(),
                new File(root, Table.ROOT + table.folder()).lastModified(),
                new File(root, Span.ROOT).lastModified(),
                now);
    }

    /** Whether the last change is so long ago that another one since would show. */
    boolean settled() {
        return Math.max(manifests, Math.max(days, copies)) < looked - STEP;
    }

    /** Whether nothing has changed between two looks. */
    boolean same(FolderTimes other) {
        return manifests == other.manifests && days == other.days && copies == other.copies;
    }
}

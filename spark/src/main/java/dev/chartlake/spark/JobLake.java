package dev.chartlake.spark;

import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.Publisher;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TableFormats;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The lake that a job works on, as it is told to tasks: each process opens it once.
 *
 * @param where a folder that all machines have, or an address
 * @param format the name of the tables' format
 */
record JobLake(String where, String format) implements Serializable {

    private static final Map<String, ObjectStore> OPEN = new ConcurrentHashMap<>();

    /** Two letters at least: {@code C:/} is a drive. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    /**
     * Checks what the command line says.
     *
     * @throws Failure if there is no such place or format
     */
    static JobLake of(String lake, String format) {
        if (lake.isBlank()) {
            throw new Failure(ExitCode.USAGE, "--lake is empty. Name a folder, or s3://bucket/prefix.");
        }
        if (!TableFormats.exists(format)) {
            throw new Failure(ExitCode.USAGE, "No such format: " + format + ". There are: " + TableFormats.NAMES + ".");
        }
        return new JobLake(address(lake), format);
    }

    private static String address(String lake) {
        if (lake.startsWith("s3://")) {
            return lake;
        }
        if (lake.startsWith("s3a://")) {
            return "s3://" + lake.substring("s3a://".length());
        }
        if (lake.startsWith("file:")) {
            return Path.of(lake.replaceFirst("^file:/*", "/")).normalize().toString();
        }
        if (SCHEME.matcher(lake).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "A lake cannot be at '" + lake + "': to commit a day, its manifest is replaced only if no other"
                            + " process changed it, and this file system cannot do that. Name a folder that all machines have, or"
                            + " s3://bucket/prefix.");
        }
        return Path.of(lake).toAbsolutePath().normalize().toString();
    }

    /**
     * The lake's files, opened once in each process.
     *
     * @throws IOException if the place cannot be reached
     */
    ObjectStore store() throws IOException {
        ObjectStore open = OPEN.get(where);
        if (open != null) {
            return open;
        }
        ObjectStore opened;
        try {
            opened = isRemote() ? S3Store.at(where) : new LocalStore(Path.of(where));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        ObjectStore other = OPEN.putIfAbsent(where, opened);
        return other == null ? opened : other;
    }

    /** True if it is in no folder of this machine. */
    boolean isRemote() {
        return where.startsWith("s3://");
    }

    /** Throws {@link Failure} if it should be in a folder of this machine that is not there. */
    void requireThere() {
        Path folder = Path.of(isRemote() ? "" : where);
        if (!isRemote() && !Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.USAGE,
                    (Files.exists(folder) ? "Not a folder: " + folder : "There is no lake at " + folder)
                            + ". Name the folder of a lake with --lake; each machine must have it under this name.");
        }
    }

    /** The lake's address as Spark's catalogs take it. */
    String location() {
        return isRemote() ? where : "file://" + where; // not a URI: Spark reads %20 as it is
    }

    /** Publishes days in this lake. Throws {@link IOException} if the place cannot be reached. */
    Publisher publisher() throws IOException {
        return new FilePublisher(store(), TableFormats.named(format).orElseThrow());
    }
}

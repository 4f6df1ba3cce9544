package dev.chartlake.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes all durable that was written to a file system, with one call of the system's {@code sync -f} instead of one for each
 * file. Only Linux from 5.8 on, where that waits for the disk and tells of its failures.
 */
final class FileSystemSync {

    /** A switch for benchmarks: {@code -Dchartlake.sync=off} forces each file on its own. */
    private static final boolean OFF = "off".equals(System.getProperty("chartlake.sync"));

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int MAJOR = 5;
    private static final int MINOR = 8;

    private static volatile boolean usable =
            !OFF && isUsable(System.getProperty("os.name", ""), System.getProperty("os.version", ""));

    private FileSystemSync() {}

    /**
     * Syncs the file system that {@code on}, a file or folder, is on. Returns false if it cannot be done so or has failed:
     * then nothing is known of what is durable.
     */
    static boolean sync(Path on) throws IOException {
        if (!usable) {
            return false;
        }
        Process process;
        try {
            process = new ProcessBuilder("sync", "-f", on.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            usable = false; // there is no such program here
            return false;
        }
        try {
            boolean synced = process.waitFor() == 0;
            if (!synced) {
                usable = false;
            }
            return synced;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were forced to the disk");
        }
    }

    /** By the name and version of the operating system. */
    static boolean isUsable(String system, String version) {
        Matcher m = VERSION.matcher(version);
        if (!system.equals("Linux") || !m.matches()) {
            return false;
        }
        int major = Integer.parseInt(m.group(1));
        return major > MAJOR || major == MAJOR && Integer.parseInt(m.group(2)) >= MINOR;
    }
}

package dev.chartlake.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Tells whether days were committed since the last look, by the listing of the manifests. Used by any thread. */
final class LakeState {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(2);

    /** Disks keep time in steps, of up to two seconds: within one, a folder can change twice and show one time. */
    private static final long STEP = TimeUnit.SECONDS.toMillis(3);

    private final Path manifests;
    private long lookedAt;
    private long changed;
    private boolean settled;
    private String state = "";

    LakeState(Path lake) {
        manifests = lake.resolve("transformed_data").resolve("_days");
    }

    /** A text that changes with the committed days, at most two seconds late. */
    synchronized String now() throws IOException {
        if (state.isEmpty() || System.nanoTime() - lookedAt > FRESH) {
            refresh();
            lookedAt = System.nanoTime();
        }
        return state;
    }

    /** Every commit changes the folder, so while that is as it was, so are the thousands of files in it. */
    private void refresh() throws IOException {
        long now = System.currentTimeMillis();
        long folder = manifests.toFile().lastModified();
        if (state.isEmpty() || !settled || folder != changed) {
            state = look();
            changed = folder;
            settled = folder < now - STEP;
        }
    }

    private String look() throws IOException {
        CRC32 crc = new CRC32();
        try (Stream<Path> files = Files.list(manifests)) {
            for (Path file : files.sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                crc.update((file.getFileName() + " " + attributes.size() + " " + attributes.lastModifiedTime() + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            return "empty";
        }
        return Long.toHexString(crc.getValue());
    }
}

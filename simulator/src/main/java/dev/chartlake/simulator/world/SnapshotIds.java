package dev.chartlake.simulator.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** The two kinds of snapshot_id. */
public final class SnapshotIds {

    private static final long YEAR_2000 =
            LocalDate.of(2000, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);

    private SnapshotIds() {}

    /** Of a user's list: 4 bytes of revision and 20 of a hash, which changes with the revision and the world. */
    public static String user(String list, int revision, long seed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((list + "," + revision + "," + seed).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(24).putInt(revision).put(hash).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    /** Of Spotify's own lists: the clock in steps of ten minutes since 2000 and a language, and nothing of the content. */
    public static String clock(LocalDate day, int edits) {
        LocalDateTime noon = day.atTime(12, 0);
        long seconds = noon.toEpochSecond(ZoneOffset.UTC) - YEAR_2000 + 600L * edits;
        String text = seconds + "," + "0".repeat(36) + "656e";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

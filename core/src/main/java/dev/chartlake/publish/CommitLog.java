package dev.chartlake.publish;

import dev.chartlake.lake.Checksums;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Reply;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The log of commits: every manifest that a day has had, under a name that never comes again, for readers that go by the
 * names of files, such as Snowflake's pipes. A name has the time of the commit, later than all before it whatever the clock
 * says, and the checksum of the manifest, which is the day's version. The names sort as the commits came.
 */
public final class CommitLog {
    /** Where the log lies in a lake, with a trailing slash; a folder of each day is in it. */
    public static final String ROOT = Table.ROOT + "_commits/";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT);
    private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{9}Z)-([0-9a-f]{8})\\.json");

    private final String folder;
    private final Reply<List<ObjectInfo>> before;

    /** Begins to look what {@code date} has in the log. */
    CommitLog(ObjectStore store, LocalDate date) {
        this.folder = ROOT + date + "/";
        this.before = store.begin(() -> store.files(folder));
    }

    /**
     * The key at which a commit with this manifest is logged; empty if it is the newest one already, because the same rows were
     * committed again, or because the commit was interrupted after the log was written.
     */
    Optional<String> next(byte[] manifest, Instant now) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(manifest);
        String version = Checksums.hex(crc);
        LocalDateTime time = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        Matcher newest = null;
        for (ObjectInfo info : before.get()) {
            Matcher name = NAME.matcher(info.key().substring(folder.length()));
            newest = name.matches() ? name : newest; // they are sorted
        }
        if (newest != null) {
            if (newest.group(2).equals(version)) {
                return Optional.empty();
            }
            time = later(time, newest.group(1));
        }
        return Optional.of(folder + TIME.format(time) + "-" + version + ".json");
    }

    private static LocalDateTime later(LocalDateTime now, String newest) {
        try {
            LocalDateTime next = LocalDateTime.parse(newest, TIME).plusNanos(1_000_000);
            return next.isAfter(now) ? next : now;
        } catch (DateTimeException e) {
            return now; // no name of ours
        }
    }
}

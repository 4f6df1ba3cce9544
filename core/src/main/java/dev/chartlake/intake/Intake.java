package dev.chartlake.intake;

import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.Part;
import dev.chartlake.normalise.RawInspector;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one file into raw: finds out what it is, which list it is about and when it was observed, and archives it as it
 * is. What cannot be read or placed goes to quarantine with the reason. Used by one thread.
 */
public final class Intake {

    /** The list of an object that does not say which one it is about. */
    static final String UNKNOWN = "unknown";

    private static final String CURE_UNREADABLE = "Get the file again or repair it, and import it again.";
    private static final String CURE_LIST =
            "Put the file into a folder named after the playlist's id, and import it again.";
    private static final String CURE_CHART =
            "Name the file as charts.spotify.com does, such as regional-no-weekly-2025-11-27.csv, and import it again.";

    private final ObjectStore store;
    private final RawArchive archive;
    private final RawInspector inspector = new RawInspector();

    /** Takes files into {@code store}. */
    public Intake(ObjectStore store) {
        this.store = store;
        this.archive = new RawArchive(store);
    }

    /**
     * A file to take.
     *
     * @param label what messages call it
     * @param path the names of its folders and itself, itself last
     * @param modifiedAt the time it has if its name says none
     */
    public record File(String label, List<String> path, Instant modifiedAt) {}

    /**
     * What became of a file.
     *
     * @param objects the raw objects it became: usually one; one for each list in an array of several
     * @param entries how many entries they have
     * @param problem why it is in quarantine, or null
     */
    public record Taken(List<Archived> objects, long entries, Quarantine.@Nullable Reason problem) {}

    /** Takes a file whose bytes come from {@code in}, which is read to its end and not closed. */
    public Taken take(File file, InputStream in) throws IOException {
        NameHints hints = new NameHints(file.path());
        try (Staged staged = store.stage()) {
            in.transferTo(staged.out());
            staged.out().close();
            Instant observedAt = hints.observedAt().orElse(file.modifiedAt());
            try {
                List<Part> parts = inspector.inspect(staged::in).parts();
                return parts.get(0).extension().equals("csv")
                        ? chart(file, hints, parts.get(0), observedAt, staged)
                        : answers(file, hints, parts, observedAt, staged);
            } catch (JsonException e) {
                String extension = inspector.extension();
                String source = extension.equals("csv") ? RawKey.CHARTS : RawKey.WEB_API;
                String list = (extension.equals("csv") ? hints.chart() : hints.playlist()).orElse(UNKNOWN);
                RawKey key = hints.rawKey().orElse(new RawKey(source, list, observedAt, extension));
                return quarantine(
                        key,
                        staged,
                        new Quarantine.Reason(
                                file.label(), String.valueOf(e.getMessage()), e.offset(), CURE_UNREADABLE));
            }
        }
    }

    private Taken chart(File file, NameHints hints, Part part, Instant observedAt, Staged staged) throws IOException {
        if (hints.rawKey().isPresent()) {
            return archived(hints.rawKey().get(), staged, part.entries());
        }
        if (hints.chart().isEmpty()) {
            RawKey key = new RawKey(RawKey.CHARTS, UNKNOWN, observedAt, "csv");
            String reason = "the name does not say which chart this is, and the content never does";
            return quarantine(key, staged, new Quarantine.Reason(file.label(), reason, -1, CURE_CHART));
        }
        return archived(new RawKey(RawKey.CHARTS, hints.chart().get(), observedAt, "csv"), staged, part.entries());
    }

    private Taken answers(File file, NameHints hints, List<Part> parts, Instant observedAt, Staged staged)
            throws IOException {
        long entries = parts.stream().mapToLong(Part::entries).sum();
        if (hints.rawKey().isPresent()) {
            return archived(hints.rawKey().get(), staged, entries);
        }
        List<Archived> objects = new ArrayList<>();
        for (Part part : parts) {
            String list = part.list() == null ? hints.playlist().orElse("") : part.list();
            if (list.isEmpty()) {
                RawKey key = new RawKey(RawKey.WEB_API, UNKNOWN, observedAt, "json");
                String reason = "neither the content nor the name says which playlist this is";
                return quarantine(key, staged, new Quarantine.Reason(file.label(), reason, -1, CURE_LIST));
            }
            objects.add(archive(part, new RawKey(part.source(), list, observedAt, part.extension()), staged));
        }
        return new Taken(objects, entries, null);
    }

    private Archived archive(Part part, RawKey key, Staged file) throws IOException {
        if (part.isWhole()) {
            return archive.archive(key, file);
        }
        try (Staged own = store.stage();
                InputStream in = file.in()) {
            part.copy(in, own.out());
            own.out().close();
            return archive.archive(key, own);
        }
    }

    private Taken archived(RawKey key, Staged staged, long entries) throws IOException {
        return new Taken(List.of(archive.archive(key, staged)), entries, null);
    }

    private Taken quarantine(RawKey key, Staged staged, Quarantine.Reason reason) throws IOException {
        Archived archived = archive.archive(key, staged, RawState.QUARANTINE);
        String at = archived.key().in(RawState.QUARANTINE);
        if (archived.added() || Quarantine.reason(store, at).isEmpty()) {
            Quarantine.explain(store, at, reason);
        }
        return new Taken(List.of(archived), 0, reason);
    }
}

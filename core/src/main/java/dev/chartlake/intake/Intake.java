package dev.chartlake.intake;

import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.files.Refusal;
import dev.chartlake.intake.names.NameHints;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.raw.RawGroup;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes files into raw: decides which list each is about and when it was observed, and archives its bytes, many at a time.
 * The pages of one snapshot become one object when {@link #finishFolder} is called; all is durable and in the report when
 * {@link #finish} returns. Used by one thread.
 */
final class Intake implements Closeable {

    /** The list of an object that does not say which one it is about. */
    static final String UNKNOWN = "unknown";

    /** Pages of up to so many bytes wait in memory. */
    private static final long MOST_HELD = 32 << 20;

    private static final String CURE_UNREADABLE = "Get the file again or repair it, and import it again.";

    /** What is done with a readable file whose list or date is not known. */
    enum Unplaced {
        /** It stays with its owner. */
        STAYS,
        /** It goes to quarantine. */
        QUARANTINED
    }

    private final ObjectStore store;
    private final Unplaced unplaced;
    private final IntakeReport report;
    private final Placement placement;
    private final Inspection inspection;
    private final RawArchive archive;
    private final RawGroup group;
    private final KnownObjects known;
    private final Map<String, PageSet> pages = new LinkedHashMap<>();
    private long heldBytes;

    Intake(ObjectStore store, ImportOptions options, Unplaced unplaced, Clock clock, IntakeReport report) {
        this.store = store;
        this.unplaced = unplaced;
        this.report = report;
        this.placement = new Placement(options, clock);
        this.inspection = new Inspection(store, options);
        this.archive = new RawArchive(store);
        this.group = new RawGroup(store);
        this.known = new KnownObjects(store);
    }

    /** Takes a file whose bytes come from {@code in}, which is read to its end and not closed. */
    void take(ImportFile file, InputStream in) throws IOException {
        take(inspection.inspect(file, in));
    }

    /** Takes a file, and closes its bytes in the end. */
    void take(Inspected found) throws IOException {
        report.looked();
        boolean handedOn = false;
        try {
            if (found.problem() instanceof JsonException e) {
                unreadable(found, e);
            } else if (found.problem() instanceof Refusal e) {
                refuse(found, e);
            } else {
                handedOn = place(found);
            }
        } catch (Refusal e) {
            refuse(found, e);
        } finally {
            if (!handedOn) {
                found.staged().close();
            }
        }
    }

    /** Returns true if the bytes of the file were handed on: archived as they are, or held as a page. */
    private boolean place(Inspected found) throws IOException, Refusal {
        List<Part> parts = found.parts();
        NameHints hints = found.hints();
        found.leftOut().forEach(what -> report.leftOut(found.file().label(), what));
        long entries = parts.stream().mapToLong(Part::entries).sum();
        report.replaced(found.replaced());
        boolean isSplit = parts.size() > 1 && parts.get(0).extension().equals("csv") || found.replaced() > 0;
        if (hints.rawKey().isPresent() && !placement.isSaid() && !isSplit) {
            group.add(hints.rawKey().get(), found.staged(), found.size(), archived -> report.took(archived, entries));
            return true;
        }
        List<Placement.Placed> places = new ArrayList<>();
        for (Part part : parts) {
            places.add(placement.place(part, hints, found.file().modifiedAt(), found.staged()::in));
        }
        Placement.distinct(parts, places, found.staged()::in);
        if (parts.size() == 1 && HeldPage.isPage(parts.get(0))) {
            hold(found, places.get(0));
            return true;
        }
        report.entries(entries);
        if (parts.size() == 1 && parts.get(0).isWhole()) {
            archive(found.file(), places.get(0), found.staged(), found.size());
            return true;
        }
        for (int i = 0; i < parts.size(); i++) {
            archive(found, parts.get(i), places.get(i));
        }
        return false;
    }

    /** Archives a part of a file. */
    private void archive(Inspected found, Part part, Placement.Placed placed) throws IOException {
        Spool own = new Spool(store);
        try (InputStream in = found.staged().in()) {
            part.copy(in, own);
            archive(found.file(), placed, own.staged(), own.size());
        } catch (IOException e) {
            own.discard();
            throw e;
        }
    }

    /** Archives an object with the next group. Its bytes are closed then. */
    private void archive(ImportFile file, Placement.Placed placed, Staged bytes, long size) throws IOException {
        archive(file, placed, bytes, size, archived -> {});
    }

    private void archive(ImportFile file, Placement.Placed placed, Staged bytes, long size, Consumer<Archived> then)
            throws IOException {
        RawKey key = placed.undated() ? same(placed.key(), bytes, size) : placed.key();
        group.add(key, bytes, size, archived -> {
            known.add(archived);
            report.took(archived, 0);
            if (placed.undated() && archived.added()) {
                report.undated(file.label());
            }
            if (placed.overruled()) {
                report.overruled(file.label());
            }
            then.accept(archived);
        });
    }

    /** A modification time changes when a file is copied, so it never makes a second observation. */
    private RawKey same(RawKey key, Staged bytes, long size) throws IOException {
        Optional<RawKey> there = known.same(key, bytes);
        return (there.isPresent() ? there : group.same(key, bytes, size)).orElse(key);
    }

    /** Keeps a page until its folder ends, in a file if many wait. */
    private void hold(Inspected found, Placement.Placed placed) throws IOException {
        heldBytes += found.size();
        Staged bytes = found.staged();
        if (heldBytes > MOST_HELD) {
            bytes = store.stage();
            try (InputStream in = found.staged().in()) {
                in.transferTo(bytes.out());
            }
            bytes.out().close();
            found.staged().close();
        }
        String time = placed.undated() ? "" : placed.key().observedAt().toString();
        String list = found.file().folder() + "\n" + placed.key().list() + "\n" + time;
        pages.computeIfAbsent(list, name -> new PageSet())
                .add(new HeldPage(found.file(), found.hints(), found.parts().get(0), placed, bytes));
    }

    /** Archives the pages that wait: no more files of their folder follow. */
    void finishFolder() throws IOException {
        for (PageSet set : pages.values()) {
            List<List<HeldPage>> snapshots = set.snapshots();
            if (snapshots.isEmpty()) {
                overlapping(set);
            }
            for (List<HeldPage> snapshot : snapshots) {
                snapshot(snapshot);
            }
        }
        forgetPages();
    }

    private void forgetPages() throws IOException {
        for (PageSet set : pages.values()) {
            for (HeldPage page : set.all()) {
                page.staged().close();
            }
        }
        pages.clear();
        heldBytes = 0;
    }

    /** Archives what waits. When it returns, all that was taken is durable and in the report. */
    void finish() throws IOException {
        finishFolder();
        group.publish();
    }

    /** Gives up what waits. */
    @Override
    public void close() throws IOException {
        forgetPages();
        group.close();
        inspection.close();
    }

    private void snapshot(List<HeldPage> snapshot) throws IOException {
        HeldPage first = snapshot.get(0);
        HeldPage earliest = first;
        long entries = 0;
        int total = 0;
        for (HeldPage page : snapshot) {
            entries += page.part().entries();
            total = Math.max(total, page.total());
            boolean earlier = page.placed()
                    .key()
                    .observedAt()
                    .isBefore(earliest.placed().key().observedAt());
            earliest = earlier ? page : earliest;
        }
        report.entries(entries);
        long found = entries;
        int of = total;
        Spool whole = new Spool(store);
        try {
            Copying.pages(snapshot, whole);
            archive(first.file(), earliest.placed(), whole.staged(), whole.size(), archived -> {
                if (found < of) {
                    report.incomplete(archived.key(), found, of);
                }
            });
        } catch (IOException e) {
            whole.discard();
            throw e;
        }
    }

    /** Two snapshots of one list and time in one folder: nothing tells which page belongs to which. */
    private void overlapping(PageSet set) throws IOException {
        PageSet single = new PageSet();
        for (HeldPage page : set.all()) {
            boolean copy = false;
            for (HeldPage before : single.all()) {
                copy |= before.offset() == page.offset() && Copying.same(before.staged(), page.staged());
            }
            if (copy) {
                report.copy();
            } else {
                single.add(page);
            }
        }
        List<List<HeldPage>> snapshots = single.snapshots();
        for (List<HeldPage> snapshot : snapshots) {
            snapshot(snapshot);
        }
        if (!snapshots.isEmpty()) {
            return;
        }
        for (HeldPage page : single.all()) {
            Refusal refusal = new Refusal(
                    "it is a page of several, and another file of this folder, list and time has other entries of the"
                            + " same positions",
                    "Put the pages of each snapshot into a folder named after its time, such as 2024-01-04T1030, and"
                            + " import them again.");
            refuse(page.file(), page.hints(), "json", refusal, page.staged());
        }
    }

    private void refuse(Inspected found, Refusal refusal) throws IOException {
        refuse(found.file(), found.hints(), found.extension(), refusal, found.staged());
    }

    private void refuse(ImportFile file, NameHints hints, String extension, Refusal refusal, Staged staged)
            throws IOException {
        if (unplaced == Unplaced.STAYS) {
            report.refused(file.label(), refusal.reason() + ". " + refusal.cure());
            return;
        }
        aside(
                file,
                hints,
                extension,
                new Quarantine.Reason(file.label(), refusal.reason(), -1, refusal.cure()),
                staged);
    }

    private void unreadable(Inspected found, JsonException error) throws IOException {
        ImportFile file = found.file();
        String text = String.valueOf(error.getMessage());
        if (unplaced == Unplaced.STAYS && found.hints().rawKey().isEmpty() && !placement.isDated(found.hints())) {
            String at = error.offset() < 0 ? "" : " (at byte " + error.offset() + ")";
            report.refused(file.label(), text + at + ". " + CURE_UNREADABLE);
            return;
        }
        Quarantine.Reason reason = new Quarantine.Reason(file.label(), text, error.offset(), CURE_UNREADABLE);
        aside(file, found.hints(), found.extension(), reason, found.staged());
    }

    private void aside(ImportFile file, NameHints hints, String extension, Quarantine.Reason reason, Staged staged)
            throws IOException {
        group.publish(); // what came before has its key already
        String source = extension.equals("csv") ? RawKey.CHARTS : RawKey.WEB_API;
        RawKey key = hints.rawKey().orElse(placement.aside(source, extension, hints, file.modifiedAt()));
        if (!placement.isDated(hints) && hints.rawKey().isEmpty()) {
            key = known.same(key, staged).orElse(key);
        }
        // The explanation comes first: killed in between, the next run finds no object and writes both again.
        Archived archived = archive.archive(
                key,
                staged,
                RawState.QUARANTINE,
                free -> Quarantine.explain(store, free.in(RawState.QUARANTINE), reason));
        known.add(archived);
        String at = archived.key().in(RawState.QUARANTINE);
        if (store.find(at).isPresent() && Quarantine.reason(store, at).isEmpty()) {
            Quarantine.explain(store, at, reason);
        }
        report.setAside(file.label(), reason.text() + ". " + reason.cure());
    }
}

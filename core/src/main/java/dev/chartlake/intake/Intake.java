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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes files into raw: detects what each is, decides which list it is about and when it was observed, and archives its
 * bytes. The pages of one snapshot become one object when {@link #finishFolder} is called. Used by one thread.
 */
final class Intake {

    /** The list of an object that does not say which one it is about. */
    static final String UNKNOWN = "unknown";

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
    private final RawArchive archive;
    private final KnownObjects known;
    private final RawInspector inspector = new RawInspector();
    private final Map<String, PageSet> pages = new LinkedHashMap<>();

    Intake(ObjectStore store, ImportOptions options, Unplaced unplaced, Clock clock, IntakeReport report) {
        this.store = store;
        this.unplaced = unplaced;
        this.report = report;
        this.placement = new Placement(options, clock);
        this.archive = new RawArchive(store);
        this.known = new KnownObjects(store);
        this.order = options.order();
    }

    private final DayOrder order;

    /**
     * A file to take.
     *
     * @param label what messages call it
     * @param path the names of its folders and itself, itself last
     * @param modifiedAt when it was last modified
     */
    record File(String label, List<String> path, Instant modifiedAt) {
        /** Its own name. */
        String name() {
            return path.get(path.size() - 1);
        }

        /** Identifies its folder. */
        String folder() {
            return String.join("/", path.subList(0, path.size() - 1));
        }
    }

    /** Takes a file whose bytes come from {@code in}, which is read to its end and not closed. */
    void take(File file, InputStream in) throws IOException {
        report.looked();
        NameHints hints = new NameHints(new FilePath(file.path()), order);
        Staged staged = store.stage();
        boolean held = false;
        try {
            Copying.text(in, staged.out());
            staged.out().close();
            held = take(file, hints, staged);
        } catch (Refusal e) {
            refuse(file, hints, e, staged);
        } catch (JsonException e) {
            unreadable(file, hints, e, staged);
        } finally {
            if (!held) {
                staged.close();
            }
        }
    }

    /** Returns true if the file is a page that waits, with its bytes, for others. */
    private boolean take(File file, NameHints hints, Staged staged) throws IOException, Refusal {
        RawInspector.Finding finding = inspector.inspect(staged::in, file.name());
        List<Part> parts = finding.parts();
        finding.leftOut().forEach(what -> report.leftOut(file.label(), what));
        long entries = parts.stream().mapToLong(Part::entries).sum();
        boolean severalCharts = parts.size() > 1 && parts.get(0).extension().equals("csv");
        if (hints.rawKey().isPresent() && !placement.isSaid() && !severalCharts) {
            report.took(archive.archive(hints.rawKey().get(), staged), entries);
            return false;
        }
        List<Placement.Placed> places = new ArrayList<>();
        for (Part part : parts) {
            places.add(placement.place(part, hints, file.modifiedAt(), staged::in));
        }
        Placement.distinct(parts, places, staged::in);
        Placement.Placed first = places.get(0);
        if (parts.size() == 1 && HeldPage.isPage(parts.get(0))) {
            String time = first.undated() ? "" : first.key().observedAt().toString();
            pages.computeIfAbsent(file.folder() + "\n" + first.key().list() + "\n" + time, name -> new PageSet())
                    .add(new HeldPage(file, parts.get(0), first, staged));
            return true;
        }
        for (int i = 0; i < parts.size(); i++) {
            archive(file, parts.get(i), places.get(i), staged);
        }
        report.entries(entries);
        return false;
    }

    private void archive(File file, Part part, Placement.Placed placed, Staged whole) throws IOException {
        if (part.isWhole()) {
            archive(file, placed, whole);
            return;
        }
        try (Staged own = store.stage();
                InputStream in = whole.in()) {
            part.copy(in, own.out());
            own.out().close();
            archive(file, placed, own);
        }
    }

    private Archived archive(File file, Placement.Placed placed, Staged bytes) throws IOException {
        RawKey key = placed.key();
        if (placed.undated()) {
            // A modification time changes when a file is copied, so it never makes a second observation.
            key = known.same(key, bytes).orElse(key);
        }
        Archived archived = archive.archive(key, bytes);
        known.add(archived);
        report.took(archived, 0);
        if (placed.undated() && archived.added()) {
            report.undated(file.label());
        }
        if (placed.overruled()) {
            report.overruled(file.label());
        }
        return archived;
    }

    /** Archives the pages that wait: no more files of their folder follow. */
    void finishFolder() throws IOException {
        try {
            for (PageSet set : pages.values()) {
                List<List<HeldPage>> snapshots = set.snapshots();
                if (snapshots.isEmpty()) {
                    overlapping(set);
                }
                for (List<HeldPage> snapshot : snapshots) {
                    snapshot(snapshot);
                }
            }
        } finally {
            for (PageSet set : pages.values()) {
                for (HeldPage page : set.all()) {
                    page.staged().close();
                }
            }
            pages.clear();
        }
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
        Archived archived;
        if (snapshot.size() == 1) {
            archived = archive(first.file(), first.placed(), first.staged());
        } else {
            try (Staged array = store.stage()) {
                Copying.array(snapshot, array.out());
                array.out().close();
                archived = archive(first.file(), earliest.placed(), array);
            }
        }
        report.entries(entries);
        if (entries < total) {
            report.incomplete(archived.key(), entries, total);
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
            NameHints hints = new NameHints(new FilePath(page.file().path()), order);
            refuse(page.file(), hints, refusal, page.staged());
        }
    }

    private void refuse(File file, NameHints hints, Refusal refusal, Staged staged) throws IOException {
        if (unplaced == Unplaced.STAYS) {
            report.refused(file.label(), refusal.reason() + ". " + refusal.cure());
            return;
        }
        staged.out().close();
        aside(file, hints, new Quarantine.Reason(file.label(), refusal.reason(), -1, refusal.cure()), staged);
    }

    private void unreadable(File file, NameHints hints, JsonException error, Staged staged) throws IOException {
        String text = String.valueOf(error.getMessage());
        if (unplaced == Unplaced.STAYS && hints.rawKey().isEmpty() && !placement.isDated(hints)) {
            String at = error.offset() < 0 ? "" : " (at byte " + error.offset() + ")";
            report.refused(file.label(), text + at + ". " + CURE_UNREADABLE);
            return;
        }
        aside(file, hints, new Quarantine.Reason(file.label(), text, error.offset(), CURE_UNREADABLE), staged);
    }

    private void aside(File file, NameHints hints, Quarantine.Reason reason, Staged staged) throws IOException {
        String extension = inspector.extension();
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

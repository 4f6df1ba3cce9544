package dev.chartlake.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pages of one list that lie in one folder and have the same time, or have only the times of their files. */
final class PageSet {

    private final List<HeldPage> pages = new ArrayList<>();

    void add(HeldPage page) {
        pages.add(page);
    }

    List<HeldPage> all() {
        return pages;
    }

    /**
     * The snapshots they make, each in the order of its offsets. Pages that overlap begin another snapshot if their
     * files have times; else nothing tells which belongs to which, and the result is empty.
     */
    List<List<HeldPage>> snapshots() {
        List<HeldPage> sorted = new ArrayList<>(pages);
        sorted.sort(Comparator.comparing((HeldPage page) -> page.placed().key().observedAt())
                .thenComparing(HeldPage::offset)
                .thenComparing(page -> page.file().label()));
        List<List<HeldPage>> snapshots = new ArrayList<>();
        List<HeldPage> current = new ArrayList<>();
        for (HeldPage page : sorted) {
            if (current.stream().anyMatch(page::overlaps)) {
                if (!page.placed().undated()) {
                    return List.of();
                }
                snapshots.add(current);
                current = new ArrayList<>();
            }
            current.add(page);
        }
        snapshots.add(current);
        snapshots.forEach(snapshot -> snapshot.sort(Comparator.comparing(HeldPage::offset)));
        return snapshots;
    }
}

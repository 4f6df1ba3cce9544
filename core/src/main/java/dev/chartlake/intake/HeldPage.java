package dev.chartlake.intake;

import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.names.NameHints;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.store.ObjectStore.Staged;

/**
 * A page that waits for the other pages of its snapshot.
 *
 * @param file where it came from
 * @param hints what its name and folders say
 * @param part what it says of its place
 * @param placed where it belongs
 * @param staged its bytes; the caller closes them
 */
record HeldPage(ImportFile file, NameHints hints, Part part, Placement.Placed placed, Staged staged) {

    /** True for one of several pages: it says its place, and that the list has more entries. */
    static boolean isPage(Part part) {
        return part.extension().equals("json")
                && part.offset() != null
                && part.total() != null
                && part.entries() > 0
                && part.entries() < part.total();
    }

    int offset() {
        return part.offset() == null ? 0 : part.offset();
    }

    int total() {
        return part.total() == null ? 0 : part.total();
    }

    boolean overlaps(HeldPage other) {
        return offset() < other.offset() + other.part().entries() && other.offset() < offset() + part.entries();
    }
}

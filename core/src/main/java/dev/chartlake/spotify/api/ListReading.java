package dev.chartlake.spotify.api;

import dev.chartlake.spotify.api.Outline.Next;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListChangedException;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a list from its first row to its last, written as it comes. It ends after the last row, or where asking
 * a second time at the same offset brings no more rows, or at the bounds of what a playlist can hold; so a server that
 * promises further rows for ever ends it too.
 */
public final class ListReading {

    /** Spotify's smallest usual size of a page. */
    private static final int FEWEST_ROWS = 20;

    private static final long LARGEST = 512L << 20;

    private final OutputStream out;
    private final Pages further;
    private final List<String> uris = new ArrayList<>();
    private long total = Outline.UNKNOWN;
    private boolean totalChanged;
    private boolean more;
    private long bytes;
    private int pages;

    /** The offset that was asked for again, because an answer ended there although more rows were announced. */
    private int askedAgain = -1;

    private ListReading(OutputStream out, Pages further) {
        this.out = out;
        this.further = further;
    }

    /** Whether a change of the total ends a reading: the rows do not belong together, so reading on is of no use. */
    public enum OnChange {
        STOP,
        READ_ON
    }

    /**
     * Reads the list whose first answer is {@code first}.
     *
     * @throws RefusedException if Spotify shows none of its rows
     * @throws ListChangedException if its total changed and {@code onChange} is to stop
     */
    public static ListReading of(Page first, Pages pages, OnChange onChange, OutputStream out)
            throws IOException, ListException, InterruptedException {
        ListReading reading = new ListReading(out, pages);
        out.write('[');
        reading.run(first, onChange);
        out.write(']');
        if (reading.read() == 0 && reading.total > 0) {
            throw new RefusedException(200, "Spotify counts " + reading.total + " rows in the list but shows none");
        }
        return reading;
    }

    /** The number of rows. */
    public int read() {
        return uris.size();
    }

    /** The number of rows as Spotify says it, or {@link Outline#UNKNOWN}. */
    public long total() {
        return total;
    }

    /** True if the rows came in more than one answer. */
    public boolean severalPages() {
        return pages > 1;
    }

    /** True if rows are missing: fewer came than Spotify counts or promises. */
    public boolean isShort() {
        return read() < further.wantedRows() && (total != Outline.UNKNOWN ? read() < total : more);
    }

    /** True if what the answers say of the number of rows cannot all be right. */
    public boolean contradictsItself() {
        return totalChanged || total != Outline.UNKNOWN && read() > total;
    }

    /** True if the same rows came in the same order as in {@code other}. */
    public boolean sameRows(@Nullable ListReading other) {
        return other != null && uris.equals(other.uris);
    }

    private void run(Page first, OnChange onChange) throws IOException, ListException, InterruptedException {
        Rows rows = first.outline().rows();
        write(first);
        if (rows != null) {
            take(rows, onChange);
        }
        while (rows == null || wantsMore(rows)) {
            boolean again = askedAgain == read();
            Page page = next(rows == null);
            Rows next = page == null ? null : page.outline().items();
            if (page == null) {
                return;
            }
            if (next == null) {
                throw new RefusedException(200, "Spotify answered without the rows from " + read() + " on");
            }
            if (next.repeats(read(), rows)) {
                more = true;
                if (again) {
                    return;
                }
                askedAgain = read();
                continue;
            }
            out.write(',');
            write(page);
            rows = next;
            take(rows, onChange);
        }
    }

    /** The next page; null if rows that a page did not announce are refused. */
    private @Nullable Page next(boolean mustBeThere) throws IOException, ListException, InterruptedException {
        try {
            return further.at(read());
        } catch (RefusedException e) {
            if (mustBeThere || askedAgain != read() || read() == 0) {
                throw e;
            }
            return null;
        }
    }

    private void write(Page page) throws IOException, ListException {
        bytes += page.answer().body().length;
        if (bytes > LARGEST) {
            throw new RefusedException(200, "The list's answers hold more than " + LARGEST + " bytes");
        }
        out.write(page.answer().body());
    }

    private void take(Rows rows, OnChange onChange) throws ListChangedException {
        pages++;
        uris.addAll(rows.uris());
        if (total == Outline.UNKNOWN) {
            total = rows.total();
        } else if (rows.total() != Outline.UNKNOWN && rows.total() != total) {
            if (onChange == OnChange.STOP) {
                throw new ListChangedException("The list changed while it was read: it had " + total + " rows, then "
                        + rows.total() + ", and again on every reading");
            }
            totalChanged = true;
            total = rows.total();
        }
    }

    /**
     * Whether another page is to be asked for. An answer that ends the list before its total is asked for once more at
     * that offset, and so is an empty page that promises more.
     */
    private boolean wantsMore(Rows last) {
        boolean missing = total != Outline.UNKNOWN && read() < total;
        more = missing || last.next() == Next.MORE || last.next() == Next.UNSAID && total == Outline.UNKNOWN;
        if (last.count() == 0 && total != Outline.UNKNOWN) {
            more = missing;
        } else if (last.count() == 0 && last.next() == Next.UNSAID) {
            more = false;
        }
        int most = Math.min(further.mostRows(), further.wantedRows());
        if (!more || read() >= most || pages >= further.mostRows() / FEWEST_ROWS) {
            return false;
        }
        if (last.count() > 0 && last.next() != Next.LAST) {
            return true;
        }
        if (askedAgain == read()) {
            return false;
        }
        askedAgain = read();
        return true;
    }
}

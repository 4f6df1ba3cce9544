package dev.chartlake.spotify.api;

import dev.chartlake.http.Answer;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.UnreadableException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list that is being read, kept in the lake until it is read to its end: after a limit or a kill, reading
 * goes on with the page that is missing. Whether the list changed meanwhile is asked after the last page, as ever.
 */
public final class KeptPages {

    private static final String ROOT = "_chartlake/pages/";
    private static final String FIRST_NAME = "first";

    /** The list itself, which may come without rows, so that a page begins before the first row, too. */
    private static final int FIRST = -1;

    /** The longest wait that Spotify asks for is a day. */
    private static final Duration OLDEST = Duration.ofDays(2);

    private final ObjectStore store;
    private final String folder;
    private final Map<Integer, Page> kept = new HashMap<>();
    private boolean used;
    private boolean written;

    private KeptPages(ObjectStore store, String list) {
        this.store = store;
        this.folder = ROOT + list + "/";
    }

    /** Where a page comes from if it is not kept. */
    @FunctionalInterface
    public interface Request {
        Page send() throws IOException, ListException, InterruptedException;
    }

    /** What an earlier reading of {@code list} has left. Pages that are too old, or cannot be read, are none. */
    public static KeptPages of(ObjectStore store, String list, Clock clock) throws IOException {
        KeptPages pages = new KeptPages(store, list);
        for (ObjectInfo object : store.list(pages.folder)) {
            pages.written = true;
            @Nullable Page page = object.modifiedAt().isBefore(clock.instant().minus(OLDEST)) ? null : pages.read(object.key());
            if (page == null) {
                pages.drop();
                return pages;
            }
            pages.kept.put(offset(object.key()), page);
        }
        if (!pages.kept.containsKey(FIRST)) {
            pages.kept.clear(); // without its first page nothing tells which reading they belong to
        }
        return pages;
    }

    private static int offset(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return name.equals(FIRST_NAME) ? FIRST : Integer.parseInt(name);
    }

    private @Nullable Page read(String key) throws IOException {
        byte[] bytes = store.read(key).map(ObjectStore.Versioned::bytes).orElse(new byte[0]);
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            return null;
        }
        String date = new String(bytes, 0, end, StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        try {
            Answer answer = new Answer(200, date.isEmpty() ? Map.of() : Map.of("date", date), body, true);
            return new Page(answer, OutlineReader.read(answer));
        } catch (UnreadableException e) {
            return null;
        }
    }

    /** The list's first page. */
    public Page first(Request request) throws IOException, ListException, InterruptedException {
        Page page = at(FIRST, request);
        Rows rows = page.outline().rows();
        boolean whole = rows != null && rows.total() == rows.count();
        if (!used && !whole) {
            keep(FIRST, page);
        }
        return page;
    }

    /** The same pages, of which those that are kept are not asked for. */
    public Pages over(Pages pages) {
        return new Pages() {
            @Override
            public Page at(int offset) throws IOException, ListException, InterruptedException {
                int before = kept.size();
                Page page = KeptPages.this.at(offset, () -> pages.at(offset));
                if (kept.size() == before) {
                    keep(offset, page);
                }
                return page;
            }

            @Override
            public int mostRows() {
                return pages.mostRows();
            }

            @Override
            public int wantedRows() {
                return pages.wantedRows();
            }
        };
    }

    /** Each kept page is given once: where the same offset is asked for again, it is to see whether more has come. */
    private Page at(int offset, Request request) throws IOException, ListException, InterruptedException {
        Page page = kept.remove(offset);
        used |= page != null;
        return page == null ? request.send() : page;
    }

    private void keep(int offset, Page page) throws IOException {
        String date = page.answer().headers().getOrDefault("date", "") + "\n";
        byte[] head = date.getBytes(StandardCharsets.UTF_8);
        byte[] body = page.answer().body();
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        written = true;
        store.put(folder + (offset == FIRST ? FIRST_NAME : offset), all);
    }

    /** Whether some of the pages came in an earlier run. */
    public boolean areUsed() {
        return used;
    }

    /** Forgets the pages: the list is read, or changed meanwhile. */
    public void drop() throws IOException {
        kept.clear();
        used = false;
        if (written) {
            written = false;
            for (ObjectInfo object : store.list(folder)) {
                store.delete(object.key());
            }
        }
    }
}

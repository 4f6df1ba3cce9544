package dev.chartlake.spotify.api;

import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for further pages of a list in the dialect that this app may use. Which one that is differs between apps and
 * cannot be told beforehand: the answers show it, and a refusal in one leads to one try in the other.
 */
public final class Paging {

    /** The ways to ask for a page. */
    private enum Way {
        /** The dialect of 2026; more than 50 rows is refused. */
        ITEMS("items", 50),
        /** The older dialect; undocumented, but 100 rows are given. */
        TRACKS("tracks", 100),
        /** The older dialect as documented. */
        FEW_TRACKS("tracks", 50);

        private final String folder;
        private final int limit;

        Way(String folder, int limit) {
            this.folder = folder;
            this.limit = limit;
        }

        /** Null if this version has no such way. */
        static @Nullable Way named(String name) {
            return Stream.of(values())
                    .filter(way -> way.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final WebApi api;
    private final DialectMemory memory;

    /** The last fallback that was let in; other lists begin with it. */
    private @Nullable Way learnt;

    private boolean remembered;

    public Paging(WebApi api, DialectMemory memory) {
        this.api = api;
        this.memory = memory;
    }

    /** The list itself, with its first rows if this app may read them. */
    public Page first(String id) throws ListException, InterruptedException {
        return api.get("/playlists/" + id + "?additional_types=track,episode");
    }

    /** Pages of one list whose {@link #first} answer is {@code first}. */
    public Pages of(String id, Outline first) throws IOException {
        if (!remembered) {
            remembered = true;
            learnt = memory.known().map(Way::named).orElse(null);
        }
        List<Way> ways = new ArrayList<>();
        if (first.rows() == null) {
            ways.add(Way.ITEMS); // only new apps get such answers, and the older dialect is closed to them
        } else if (first.items() == null) {
            ways.addAll(List.of(Way.TRACKS, Way.FEW_TRACKS, Way.ITEMS));
        } else {
            ways.addAll(List.of(Way.ITEMS, Way.TRACKS, Way.FEW_TRACKS));
        }
        Way known = learnt;
        if (known != null && ways.remove(known)) {
            ways.add(0, known);
        }
        return new ListPages(id, ways);
    }

    /** The further pages of one list. */
    private final class ListPages implements Pages {
        private final String id;
        private final List<Way> ways;
        private boolean settled;

        private ListPages(String id, List<Way> ways) {
            this.id = id;
            this.ways = ways;
        }

        /** The page that begins after {@code offset} rows. Throws the first refusal if every way is refused. */
        @Override
        public Page at(int offset) throws IOException, ListException, InterruptedException {
            RefusedException first = null;
            int manyTracks = 400;
            for (Way way : List.copyOf(ways)) {
                if (way == Way.FEW_TRACKS && manyTracks != 400) {
                    continue; // it was not the number of rows that was refused
                }
                try {
                    Page page = api.get("/playlists/" + id + "/" + way.folder + "?limit=" + way.limit + "&offset="
                            + offset + "&additional_types=track,episode");
                    settle(way, first != null);
                    return page;
                } catch (RefusedException e) {
                    if (settled || e.status() != 400 && e.status() != 403 && e.status() != 404) {
                        throw e;
                    }
                    first = first == null ? e : first;
                    manyTracks = way == Way.TRACKS ? e.status() : manyTracks;
                }
            }
            throw first == null ? new RefusedException(404, "No way to read " + id) : first;
        }

        private void settle(Way way, boolean fallback) throws IOException {
            if (!settled) {
                settled = true;
                ways.clear();
                ways.add(way);
                if (fallback) {
                    learnt = way;
                    memory.keep(way.name());
                }
            }
        }
    }
}

package dev.chartlake.normalise.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was found in a file, in its order: playlists, pages of them, rows or charts. Used by one thread. */
public final class Answers {

    /**
     * One of them.
     *
     * @param from its first byte
     * @param to behind its last byte
     * @param list the id of the playlist or the name of the chart it is about, or null if nothing says it
     * @param unnamed tells apart the lists of which nothing says the id; else 0
     * @param observedAt when it was observed, or null if nothing says it
     * @param entries how many entries it has
     * @param offset the 0-based place of its first entry, or null if it does not say
     * @param total how many entries the list has, or null if it does not say
     * @param form whether it is a page or a list of its own
     */
    public record Answer(
            long from,
            long to,
            @Nullable String list,
            int unnamed,
            @Nullable Instant observedAt,
            long entries,
            @Nullable Integer offset,
            @Nullable Integer total,
            Form form) {

        /** The 0-based place of its first entry, as far as that is known. */
        @Nullable public Integer begins() {
            boolean whole = form == Form.LIST || total != null && total == entries;
            return offset == null && whole ? Integer.valueOf(0) : offset;
        }

        public Answer with(@Nullable String newList, int newUnnamed, @Nullable Instant newTime) {
            return new Answer(from, to, newList, newUnnamed, newTime, entries, offset, total, form);
        }
    }

    /** What an answer is. */
    public enum Form {
        /** A playlist or chart, which begins with its first entry unless it says otherwise. */
        LIST,
        /** A page or a row, which follows what stands before it unless it says otherwise. */
        PAGE
    }

    private final List<Answer> all = new ArrayList<>();
    private int unnamedLists;

    /** Forgets them, before another file. */
    public void clear() {
        all.clear();
        unnamedLists = 0;
    }

    /** All of them, in the order of the file; not a copy. */
    public List<Answer> all() {
        return all;
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    /** Adds the next one. */
    public void add(Answer answer) {
        all.add(answer);
    }

    /** What is around the answers from {@code from} on says which list they are about, and when they were observed. */
    void say(int from, @Nullable String list, @Nullable Instant observedAt) {
        for (int i = from; i < all.size(); i++) {
            Answer a = all.get(i);
            all.set(
                    i,
                    a.with(
                            a.list() == null ? list : a.list(),
                            a.unnamed(),
                            a.observedAt() == null ? observedAt : a.observedAt()));
        }
    }

    /**
     * The answers from these numbers on stand in fields of one object. If only one field has entries, and one list is named,
     * all of them are about it; otherwise what names no list is a list of its own in each field.
     */
    void inFields(List<Integer> starts) {
        Set<String> lists = new TreeSet<>();
        int withEntries = 0;
        for (int field = 0; field < starts.size(); field++) {
            boolean entries = false;
            for (Answer answer : all.subList(starts.get(field), end(starts, field))) {
                entries |= answer.entries() > 0;
                if (answer.list() != null) {
                    lists.add(answer.list());
                }
            }
            withEntries += entries ? 1 : 0;
        }
        if (lists.size() == 1 && withEntries <= 1) {
            say(starts.get(0), lists.iterator().next(), null);
        } else if (starts.size() > 1) {
            for (int field = 0; field < starts.size(); field++) {
                apart(starts.get(field), end(starts, field));
            }
        }
    }

    private int end(List<Integer> starts, int field) {
        return field + 1 < starts.size() ? starts.get(field + 1) : all.size();
    }

    private void apart(int from, int to) {
        unnamedLists++;
        for (int i = from; i < to; i++) {
            Answer a = all.get(i);
            if (a.list() == null && a.unnamed() == 0) {
                all.set(i, a.with(null, unnamedLists, a.observedAt()));
            }
        }
    }
}

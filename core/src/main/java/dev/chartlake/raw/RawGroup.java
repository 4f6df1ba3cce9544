package dev.chartlake.raw;

import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Archives many raw objects with one wait for the disk or the network. What becomes of each is what {@link RawArchive} does
 * with one after the other. Used by one thread.
 */
public final class RawGroup implements Closeable {

    private static final int MOST_OBJECTS = 1000;
    private static final long MOST_BYTES = 16 << 20;

    private final ObjectStore store;
    private final RawArchive archive;
    private final List<Member> members = new ArrayList<>();
    private long bytes;

    private record Member(RawKey wanted, Staged staged, long size, Consumer<Archived> then) {}

    /** Archives into {@code store}. */
    public RawGroup(ObjectStore store) {
        this.store = store;
        this.archive = new RawArchive(store);
    }

    /**
     * Adds an object, which belongs to the group from now on.
     *
     * @param size its size in bytes
     * @param then hears what became of it when it is durable, in the order in which objects were added
     */
    public void add(RawKey wanted, Staged staged, long size, Consumer<Archived> then) {
        members.add(new Member(wanted, staged, size, then));
        bytes += size;
    }

    /** True if no more should be added before {@link #publish()}. */
    public boolean isFull() {
        return members.size() >= MOST_OBJECTS || bytes >= MOST_BYTES;
    }

    /** The key that an object of this group wants which is of the same list and has the same bytes. */
    public Optional<RawKey> same(RawKey key, Staged staged, long size) throws IOException {
        for (Member member : members) {
            RawKey other = member.wanted();
            boolean sameList = other.source().equals(key.source())
                    && other.list().equals(key.list())
                    && other.extension().equals(key.extension());
            if (sameList && member.size() == size && RawArchive.sameBytes(member.staged(), staged)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** Publishes all as waiting. When it returns they are durable, and the group is empty. */
    public void publish() throws IOException {
        try {
            Map<RawKey, Member> free = new HashMap<>();
            List<Publish> objects = new ArrayList<>();
            List<Archived> planned = plan(free, objects);
            List<Boolean> published = store.putNew(objects);
            for (int i = 0, object = 0; i < planned.size(); i++) {
                Archived archived = planned.get(i);
                Member member = members.get(i);
                if (archived.added() && !published.get(object++)) {
                    archived = archive.archive(member.wanted(), member.staged()); // another process took the key
                }
                member.then().accept(archived);
            }
        } finally {
            close();
        }
    }

    /** What becomes of each member unless another process takes its key; adds what is to be published. */
    private List<Archived> plan(Map<RawKey, Member> free, List<Publish> objects) throws IOException {
        List<Request<Optional<ObjectInfo>>> finding = new ArrayList<>();
        members.forEach(member -> finding.add(() -> archive.find(member.wanted())));
        List<Optional<ObjectInfo>> found = store.all(finding);
        List<Archived> planned = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Archived archived = plan(member, found.get(i), free);
            if (archived.added()) {
                free.put(archived.key(), member);
                objects.add(new Publish(member.staged(), archived.key().in(RawState.TO_PROCESS)));
            }
            planned.add(archived);
        }
        return planned;
    }

    private Archived plan(Member member, Optional<ObjectInfo> atWanted, Map<RawKey, Member> free) throws IOException {
        RawKey key = member.wanted();
        Optional<ObjectInfo> there = atWanted;
        while (true) {
            Member other = free.containsKey(key)
                    ? free.get(key)
                    : key.otherForm().map(free::get).orElse(null);
            if (other == null && there.isEmpty()) {
                return new Archived(key, true);
            }
            boolean same = other != null
                    ? RawArchive.sameBytes(other.staged(), member.staged())
                    : archive.sameBytes(there.get(), member.staged());
            if (same) {
                return new Archived(key, false);
            }
            key = key.next();
            there = archive.find(key);
        }
    }

    /** Gives up what was not published. */
    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.staged().close();
        }
        members.clear();
        bytes = 0;
    }
}

package dev.chartlake.raw;

import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.store.Futures;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Archives many raw objects with one wait for the disk or the network, while the next ones are added. What becomes of each
 * is what {@link RawArchive} does with one after the other. Used by one thread.
 */
public final class RawGroup implements Closeable {

    private static final int MOST_OBJECTS = 2000;
    private static final long MOST_BYTES = 32 << 20;

    private final ObjectStore store;
    private final RawArchive archive;
    private final ExecutorService publisher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "publishing");
        thread.setDaemon(true);
        return thread;
    });
    private List<Member> members = new ArrayList<>();
    private long bytes;

    /** What is being published, and what becomes of it. */
    private List<Member> before = List.of();

    private @Nullable Future<List<Archived>> publishing;

    private record Member(RawKey wanted, Staged staged, long size, Consumer<Archived> then) {}

    /** Archives into {@code store}. */
    public RawGroup(ObjectStore store) {
        this.store = store;
        this.archive = new RawArchive(store);
    }

    /**
     * Adds an object, which belongs to the group from now on. When there are many, they begin to be published, once those
     * before are durable.
     *
     * @param size its size in bytes
     * @param then hears what became of it when it is durable, from the thread that uses this, in the order in which objects
     *     were added
     */
    public void add(RawKey wanted, Staged staged, long size, Consumer<Archived> then) throws IOException {
        members.add(new Member(wanted, staged, size, then));
        bytes += size;
        if (members.size() >= MOST_OBJECTS || bytes >= MOST_BYTES) {
            begin();
        }
    }

    /** The key that an object which is not durable yet wants, of the same list and with the same bytes. */
    public Optional<RawKey> same(RawKey key, Staged staged, long size) throws IOException {
        Optional<RawKey> found = same(before, key, staged, size);
        return found.isPresent() ? found : same(members, key, staged, size);
    }

    private static Optional<RawKey> same(List<Member> among, RawKey key, Staged staged, long size) throws IOException {
        for (Member member : among) {
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
        begin();
        settle();
    }

    private void begin() throws IOException {
        settle();
        List<Member> next = members;
        before = next;
        members = new ArrayList<>();
        bytes = 0;
        publishing = publisher.submit(() -> publish(next));
    }

    /** Waits until those before are durable, and tells what became of them. */
    private void settle() throws IOException {
        Future<List<Archived>> running = publishing;
        publishing = null;
        try {
            List<Archived> archived = running == null ? List.of() : Futures.result(running);
            for (int i = 0; i < archived.size(); i++) {
                before.get(i).then().accept(archived.get(i));
            }
        } finally {
            close(before);
            before = List.of();
        }
    }

    private List<Archived> publish(List<Member> all) throws IOException {
        List<Publish> objects = new ArrayList<>();
        List<Archived> planned = plan(all, objects);
        List<Boolean> published = store.putNew(objects);
        for (int i = 0, object = 0; i < planned.size(); i++) {
            Member member = all.get(i);
            if (planned.get(i).added() && !published.get(object++)) {
                planned.set(i, archive.archive(member.wanted(), member.staged())); // another process took the key
            }
        }
        return planned;
    }

    /** What becomes of each member unless another process takes its key; adds what is to be published. */
    private List<Archived> plan(List<Member> all, List<Publish> objects) throws IOException {
        Map<RawKey, Member> free = new HashMap<>();
        List<Optional<ObjectInfo>> found =
                archive.find(all.stream().map(Member::wanted).toList());
        List<Archived> planned = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Member member = all.get(i);
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
        publisher.shutdown();
        try {
            if (publishing != null) {
                Futures.result(publishing);
            }
        } finally {
            publishing = null;
            close(before);
            close(members);
            before = List.of();
            members.clear();
        }
    }

    private static void close(List<Member> all) throws IOException {
        for (Member member : all) {
            member.staged().close();
        }
    }
}

package dev.chartlake.raw;

import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.store.Futures;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Archives many raw objects with one wait for the disk or the network, while the next ones are added. What becomes of each
 * is what {@link RawArchive} does with one after the other. Used by one thread.
 */
public final class RawGroup implements Closeable {

    private static final int MOST_OBJECTS = 2000;
    private static final long MOST_BYTES = 20 << 20;

    /** A switch for benchmarks: {@code -Dchartlake.groupsTogether=off} publishes a group only when the one before is durable. */
    private static final boolean OFF = "off".equals(System.getProperty("chartlake.groupsTogether"));

    /** So many groups are published side by side: while one waits for the disk, the files of the other are written. */
    private static final int MOST_GROUPS = OFF ? 1 : 2;

    private final ObjectStore store;
    private final int mostObjects;
    private final RawArchive archive;
    private final ExecutorService publisher = Executors.newFixedThreadPool(MOST_GROUPS, task -> {
        Thread thread = new Thread(task, "publishing");
        thread.setDaemon(true);
        return thread;
    });
    private List<Member> members = new ArrayList<>();
    private long bytes;

    /** The groups that are being published, in the order in which they began. */
    private final Deque<Running> running = new ArrayDeque<>();

    /** A group that is being published: its members, which of them get which key, and what becomes of each. */
    private record Running(
            List<Member> members, CompletableFuture<Map<RawKey, Member>> taken, Future<List<Archived>> archived) {

        void awaitPlan() {
            taken.handle((keys, failure) -> keys).join();
        }

        void close() throws IOException {
            RawGroup.close(members);
        }
    }

    private record Member(RawKey wanted, Staged staged, long size, Consumer<Archived> then) {}

    /** Archives into {@code store}. */
    public RawGroup(ObjectStore store) {
        this(store, MOST_OBJECTS);
    }

    /** Publishes at most so many together. */
    RawGroup(ObjectStore store, int mostObjects) {
        this.mostObjects = mostObjects;
        this.store = store;
        this.archive = new RawArchive(store);
    }

    /**
     * Adds an object, which belongs to the group from now on. When there are many, they begin to be published.
     *
     * @param size its size in bytes
     * @param then hears what became of it when it is durable, from the thread that uses this, in the order in which objects
     *     were added
     */
    public void add(RawKey wanted, Staged staged, long size, Consumer<Archived> then) throws IOException {
        members.add(new Member(wanted, staged, size, then));
        bytes += size;
        if (members.size() >= mostObjects || bytes >= MOST_BYTES) {
            begin();
        }
    }

    /** The key that an object which is not durable yet wants, of the same list and with the same bytes. */
    public Optional<RawKey> same(RawKey key, Staged staged, long size) throws IOException {
        for (Running group : running) {
            Optional<RawKey> found = same(group.members(), key, staged, size);
            if (found.isPresent()) {
                return found;
            }
        }
        return same(members, key, staged, size);
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
        while (!running.isEmpty()) {
            settle();
        }
    }

    private void begin() throws IOException {
        if (running.size() == MOST_GROUPS) {
            settle();
        }
        List<Member> next = members;
        members = new ArrayList<>();
        bytes = 0;
        Future<Map<RawKey, Member>> before = running.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : running.getLast().taken();
        CompletableFuture<Map<RawKey, Member>> taken = new CompletableFuture<>();
        running.add(new Running(next, taken, publisher.submit(() -> publish(next, before, taken))));
    }

    /** Waits until the first group is durable, and tells what became of it. */
    private void settle() throws IOException {
        Running first = running.getFirst();
        try {
            List<Archived> archived = Futures.result(first.archived());
            for (int i = 0; i < archived.size(); i++) {
                first.members().get(i).then().accept(archived.get(i));
            }
        } finally {
            running.removeFirst();
            running.forEach(Running::awaitPlan); // it compares its members with those of the first
            first.close();
        }
    }

    /** Publishes a group behind the one that takes the keys {@code before}, and tells which keys it takes itself. */
    private List<Archived> publish(
            List<Member> all, Future<Map<RawKey, Member>> before, CompletableFuture<Map<RawKey, Member>> taken)
            throws IOException {
        List<Publish> objects = new ArrayList<>();
        List<Archived> planned;
        try {
            Map<RawKey, Member> own = new HashMap<>();
            planned = plan(all, objects, Futures.result(before), own);
            taken.complete(own);
        } finally {
            taken.completeExceptionally(new IOException("The group before was not published"));
        }
        List<Boolean> published = store.putNew(objects);
        for (int i = 0, object = 0; i < planned.size(); i++) {
            Member member = all.get(i);
            if (planned.get(i).added() && !published.get(object++)) {
                planned.set(i, archive.archive(member.wanted(), member.staged())); // another process took the key
            }
        }
        return planned;
    }

    /**
     * What becomes of each member unless another process takes its key; adds what is to be published. Keys are taken
     * {@code before} by the group before, and those that members get are put into {@code own}.
     */
    private List<Archived> plan(
            List<Member> all, List<Publish> objects, Map<RawKey, Member> before, Map<RawKey, Member> own)
            throws IOException {
        List<Optional<ObjectInfo>> found =
                archive.find(all.stream().map(Member::wanted).toList());
        List<Archived> planned = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Member member = all.get(i);
            Archived archived = plan(member, found.get(i), before, own);
            if (archived.added()) {
                own.put(archived.key(), member);
                objects.add(new Publish(member.staged(), archived.key().in(RawState.TO_PROCESS)));
            }
            planned.add(archived);
        }
        return planned;
    }

    private Archived plan(
            Member member, Optional<ObjectInfo> atWanted, Map<RawKey, Member> before, Map<RawKey, Member> own)
            throws IOException {
        RawKey key = member.wanted();
        Optional<ObjectInfo> there = atWanted;
        while (true) {
            Optional<Member> inGroup = at(key, own);
            Optional<Member> other = inGroup.isPresent() ? inGroup : at(key, before);
            if (other.isEmpty() && there.isEmpty()) {
                return new Archived(key, true);
            }
            boolean same = other.isPresent()
                    ? RawArchive.sameBytes(other.get().staged(), member.staged())
                    : archive.sameBytes(there.get(), member.staged());
            if (same) {
                return new Archived(key, false);
            }
            key = key.next();
            there = archive.find(key);
        }
    }

    /** The member that takes the key, or that of the other form. */
    private static Optional<Member> at(RawKey key, Map<RawKey, Member> taken) {
        Member member = taken.get(key);
        return member == null ? key.otherForm().map(taken::get) : Optional.of(member);
    }

    /** Gives up what was not published. */
    @Override
    public void close() throws IOException {
        publisher.shutdown();
        try {
            closeRunning();
        } finally {
            close(members);
            members.clear();
        }
    }

    /** Waits for all groups, also if one fails, before any of them is closed. */
    private void closeRunning() throws IOException {
        if (running.isEmpty()) {
            return;
        }
        Running first = running.removeFirst();
        try {
            Futures.result(first.archived());
        } finally {
            try {
                closeRunning();
            } finally {
                first.close();
            }
        }
    }

    private static void close(List<Member> all) throws IOException {
        for (Member member : all) {
            member.staged().close();
        }
    }
}

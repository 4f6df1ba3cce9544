package dev.chartlake.transform;

import dev.chartlake.day.DayInput;
import dev.chartlake.lake.DayObjects.DayObject;
import dev.chartlake.raw.RawKey;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A day's raw objects in a store, in their order. While one is read, it begins to open the next ones. Used by one thread; to
 * be dropped at any time.
 */
public final class OpenAhead implements Iterable<DayInput> {

    private static final int MOST = 16;
    private static final long MOST_BYTES = 4 << 20;

    private final ObjectStore store;
    private final List<DayObject> objects;
    private Iterator<DayObject> coming;
    /** By their paths. */
    private final Map<String, Reply<InputStream>> begun = new HashMap<>();

    private long bytes;

    /** These objects of {@code store}, in this order. */
    public OpenAhead(ObjectStore store, List<DayObject> objects) {
        this.store = store;
        this.objects = objects;
        this.coming = objects.iterator();
    }

    private record Input(DayObject object, OpenAhead opening) implements DayInput {

        @Override
        public RawKey key() {
            return object.key();
        }

        @Override
        public String path() {
            return object.path();
        }

        @Override
        public long size() {
            return object.size();
        }

        @Override
        public InputStream open() throws IOException {
            return opening.open(object);
        }
    }

    @Override
    public Iterator<DayInput> iterator() {
        coming = objects.iterator();
        return objects.stream().<DayInput>map(object -> new Input(object, this)).iterator();
    }

    /** Opens it; also again. */
    private InputStream open(DayObject object) throws IOException {
        while (coming.hasNext() && begun.size() < MOST && bytes < MOST_BYTES) {
            begin(coming.next());
        }
        Reply<InputStream> reply = begun.remove(object.path());
        if (reply == null) {
            return object.open(store);
        }
        bytes -= ahead(object);
        return reply.get();
    }

    private void begin(DayObject next) {
        bytes += ahead(next);
        begun.put(next.path(), ahead(next) > 0 ? store.begin(() -> next.open(store)) : () -> next.open(store));
    }

    /** How many bytes are to be fetched ahead; none of a large object, which would stay open meanwhile. */
    private static long ahead(DayObject object) {
        return object.size() <= ObjectStore.SMALL ? object.size() : 0;
    }
}

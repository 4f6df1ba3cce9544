package dev.chartlake.aws.s3;

import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a commit finds where it will write.
 *
 * @param versions those of the parts that are there, by key
 * @param named what is to be deleted, by key, whether it is there or not
 * @param left what else is in the folders that the commit replaces
 */
record S3Partitions(Map<String, String> versions, Set<String> named, Set<String> left) {

    /** Lists the folders in {@code obsolete}, which end with a slash, and asks for parts that are in none of them. */
    static S3Partitions look(ObjectStore store, List<Publish> parts, Set<String> obsolete) throws IOException {
        Map<String, String> versions = new HashMap<>();
        Set<String> named = new HashSet<>();
        Set<String> left = new HashSet<>();
        List<Request<List<ObjectInfo>>> looks = new ArrayList<>();
        for (String name : obsolete) {
            if (name.endsWith("/")) {
                looks.add(() -> store.files(name));
            } else {
                named.add(name);
            }
        }
        for (Publish part : parts) {
            if (!obsolete.contains(part.key().substring(0, part.key().lastIndexOf('/') + 1))) {
                looks.add(() -> store.find(part.key()).stream().toList());
            }
        }
        Set<String> published = new HashSet<>();
        parts.forEach(part -> published.add(part.key()));
        named.removeAll(published);
        store.all(looks)
                .forEach(found -> found.forEach(info -> {
                    if (published.contains(info.key())) {
                        versions.put(info.key(), info.stamp());
                    } else {
                        left.add(info.key());
                    }
                }));
        return new S3Partitions(versions, named, left);
    }

    /** The version to write over; null if nothing was there. */
    @Nullable String version(String key) {
        return versions.get(key);
    }
}

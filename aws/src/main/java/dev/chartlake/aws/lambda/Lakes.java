package dev.chartlake.aws.lambda;

import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.nio.file.Path;

/** Opens the lake that a function works on. */
final class Lakes {

    private Lakes() {}

    static ObjectStore open(LakeAddress lake) {
        if (lake.isFolder()) {
            return new LocalStore(Path.of(lake.text()));
        }
        throw new UnsupportedOperationException("No store for " + lake.text());
    }
}

package dev.chartlake.aws.lambda;

import dev.chartlake.store.ObjectStore;

/** Opens the lake that a function works on. */
final class Lakes {

    private Lakes() {}

    static ObjectStore open(LakeAddress lake) {
        throw new UnsupportedOperationException("No store for " + lake.text());
    }
}

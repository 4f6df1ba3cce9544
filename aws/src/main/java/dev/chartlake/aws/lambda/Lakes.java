package dev.chartlake.aws.lambda;

import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Opens the lake that a function works on. */
final class Lakes {

    private Lakes() {}

    /** Asks nobody yet. */
    static ObjectStore open(LakeAddress lake) {
        try {
            return lake.s3().isEmpty()
                    ? new LocalStore(Path.of(lake.text()))
                    : S3Store.inFunction(lake.text(), System.getenv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

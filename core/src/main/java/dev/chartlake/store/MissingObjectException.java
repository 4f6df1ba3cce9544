package dev.chartlake.store;

import java.io.FileNotFoundException;

/** An object is not there. The store itself answered. */
public class MissingObjectException extends FileNotFoundException {
    private static final long serialVersionUID = 1L;

    /** Names the key and the store. */
    public MissingObjectException(String key, String store) {
        super("No object " + key + " in " + store);
    }
}

package dev.chartlake.testkit;

import dev.chartlake.store.LocalStore;
import java.io.Closeable;
import java.nio.file.Path;

/** Run as a process: holds a lock of a lake until its input ends. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] args) throws Exception {
        LocalStore store = new LocalStore(Path.of(args[0]));
        store.put("_chartlake/" + args[1] + ".started", new byte[0]); // shared() needs a lake
        try (Closeable held = args[1].equals("shared") ? store.shared() : store.exclusive(args[2])) {
            System.out.println("holding");
            while (System.in.read() >= 0) {}
        }
    }
}

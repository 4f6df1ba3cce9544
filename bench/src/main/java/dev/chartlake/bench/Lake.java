package dev.chartlake.bench;

import dev.chartlake.model.Table;
import dev.chartlake.raw.RawState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders of a benchmark's lake between two rounds. */
final class Lake {

    private Lake() {}

    /** Takes a lake back to where nothing has been transformed: raw files wait again, all else is put aside. */
    static void reset(Path lake, Path aside) throws IOException {
        putAside(lake.resolve(Table.ROOT), aside);
        putAside(lake.resolve("_chartlake"), aside);
        Path waiting = lake.resolve(RawState.TO_PROCESS.prefix());
        Files.createDirectories(waiting);
        for (Path day : children(lake.resolve(RawState.PROCESSED.prefix()))) {
            moveBack(day, waiting.resolve(day.getFileName()));
        }
    }

    /** Reads every raw file once, so that no round pays for the disk. Returns their bytes. */
    static long warm(Path lake) throws IOException {
        byte[] buffer = new byte[1 << 18];
        long bytes = 0;
        try (Stream<Path> files = Files.walk(lake.resolve(RawState.TO_PROCESS.prefix()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        bytes += read;
                    }
                }
            }
        }
        return bytes;
    }

    /**
     * Moves a folder, if it is there, to where nobody sees it. To delete it would cost whoever makes files in the minutes
     * after it: ext4 without a journal looks at what was deleted of late before it takes a place again.
     */
    static void putAside(Path folder, Path aside) throws IOException {
        if (Files.exists(folder)) {
            Files.createDirectories(aside);
            Files.move(folder, Files.createTempDirectory(aside, "").resolve("old"));
        }
    }

    /** Removes a folder and all below it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** One rename where the target is gone, else (a folder left empty, a day half done) what is below it. */
    private static void moveBack(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.move(from, to);
        } else if (Files.isDirectory(from)) {
            for (Path child : children(from)) {
                moveBack(child, to.resolve(child.getFileName()));
            }
            Files.delete(from);
        } else {
            throw new IOException(
                    "Both " + from + " and " + to + " exist; remove the benchmark's folder and start again.");
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}

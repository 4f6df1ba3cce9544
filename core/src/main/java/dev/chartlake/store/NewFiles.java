package dev.chartlake.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Publishes many staged files at once and replaces none that exist. A new folder is written in the temporary folder
 * together with its files, and then renamed into place; the rename fails if another process has made the folder in the
 * meantime. In a folder that exists, each file is linked into place; the link fails if a file of that name exists.
 */
final class NewFiles {

    private static final int PLACE_TRIES = 10;

    /** So many are forced to the disk together. */
    private static final int MANY = 64;

    private final List<LocalStaged> files;
    private final List<Path> targets;
    private final TemporaryFiles temporary;
    private final boolean[] published;
    private final Queue<Aside> asides = new ConcurrentLinkedQueue<>();
    /** The files that are to be linked. */
    private final Queue<Integer> left = new ConcurrentLinkedQueue<>();

    /** The folders in which there is something new. */
    private final Set<Path> touched = ConcurrentHashMap.newKeySet();

    /** A new folder that waits for its place, and the files in it by their names. */
    private record Aside(Path now, Path place, Map<Path, Integer> files) {
        void force() throws IOException {
            for (Path name : files.keySet()) {
                LocalStaged.forceFile(now.resolve(name));
            }
            LocalStaged.forceFolder(now);
        }
    }

    /** Each file and its target, in the same order. */
    NewFiles(List<LocalStaged> files, List<Path> targets, TemporaryFiles temporary) {
        this.files = files;
        this.targets = targets;
        this.temporary = temporary;
        this.published = new boolean[files.size()];
    }

    /** Publishes all that can be; they are durable then. Returns of each whether it was. */
    List<Boolean> publish() throws IOException {
        try {
            Forcing.each(byFolder().entrySet(), of -> prepare(of.getKey(), of.getValue()));
            force(asides, Aside::force);
            Forcing.each(List.copyOf(asides), this::place);
        } finally {
            for (Aside aside : asides) {
                if (!published[aside.files().values().iterator().next()]) {
                    TemporaryFiles.delete(aside.now());
                }
            }
        }
        Forcing.each(List.copyOf(left), this::link);
        force(touched, NewFiles::forceWhereItIs);
        List<Boolean> all = new ArrayList<>();
        for (boolean each : published) {
            all.add(each);
        }
        return all;
    }

    /** The files by their folders; makes the folders above these. */
    private Map<Path, List<Integer>> byFolder() throws IOException {
        temporary.make();
        Map<Path, List<Integer>> byFolder = new LinkedHashMap<>();
        Set<Path> above = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            Path folder = LocalStore.parent(targets.get(i));
            byFolder.computeIfAbsent(folder, path -> new ArrayList<>()).add(i);
            if (above.add(LocalStore.parent(folder))) {
                make(LocalStore.parent(folder));
            }
        }
        return byFolder;
    }

    private void make(Path folder) throws IOException {
        try {
            touched.addAll(LocalStore.makeFolders(folder));
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // A transform has just moved a folder above away: linking makes it again.
        }
    }

    /** Writes a folder that is not there aside, with those files in it that are in memory. */
    private void prepare(Path folder, List<Integer> indexes) throws IOException {
        Map<Path, Integer> inMemory = new LinkedHashMap<>();
        boolean isThere = Files.exists(folder);
        for (int i : indexes) {
            boolean others = isThere
                    || !files.get(i).isInMemory()
                    || inMemory.putIfAbsent(targets.get(i).getFileName(), i) != null;
            if (others) {
                left.add(i);
            }
        }
        if (inMemory.isEmpty()) {
            return;
        }
        Aside aside = new Aside(temporary.next(), folder, inMemory);
        asides.add(aside);
        Files.createDirectory(aside.now());
        for (Map.Entry<Path, Integer> file : inMemory.entrySet()) {
            files.get(file.getValue()).write(aside.now().resolve(file.getKey()));
        }
    }

    private <T> void force(Collection<T> all, Forcing.Action<T> one) throws IOException {
        if (all.size() < MANY || !FileSystemSync.sync(temporary.folder())) {
            Forcing.each(List.copyOf(all), one);
        }
    }

    private void place(Aside aside) {
        try {
            Renames.file(aside.now(), aside.place());
        } catch (IOException e) {
            left.addAll(aside.files().values()); // it is there meanwhile, or linking says what is wrong
            return;
        }
        touched.add(LocalStore.parent(aside.place()));
        aside.files().values().forEach(i -> published[i] = true);
    }

    private void link(int index) throws IOException {
        LocalStaged file = files.get(index);
        Path target = targets.get(index);
        file.finish();
        for (int attempt = 1; ; attempt++) {
            try {
                touched.addAll(LocalStore.makeFolders(LocalStore.parent(target)));
                touched.add(LocalStore.parent(target));
                published[index] = Renames.link(file.file(), target);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                // A transform has just moved the day's folder away.
                if (attempt == PLACE_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A folder that has been moved away took the object along: it is published, and must not be a second time. */
    private static void forceWhereItIs(Path folder) throws IOException {
        try {
            LocalStaged.forceFolder(folder);
        } catch (NoSuchFileException e) {
            // Who moved it forced it.
        }
    }
}

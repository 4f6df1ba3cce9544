package dev.chartlake.store;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A lake in a folder of this machine. Objects are written to {@code _chartlake/tmp}, forced to the disk and renamed into
 * place; commits are kept apart by a lock on {@code _chartlake/commit.lock}.
 */
public final class LocalStore implements ObjectStore {

    /** What a copy of a lake elsewhere holds, and a lake does not. */
    public static final String COPIED_DAYS = "_chartlake/copied_days.txt";

    private static final String TMP = "_chartlake/tmp";
    private static final Set<FileVisitOption> LINKS_TOO = Set.of(FileVisitOption.FOLLOW_LINKS);

    private final Path root;
    private final TemporaryFiles temporary;

    /** The folder need not exist yet; it is made by the first write. */
    public LocalStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.temporary = new TemporaryFiles(this.root.resolve(TMP));
    }

    @Override
    public String name() {
        return root.toString();
    }

    /** True if the folder only holds a copy of a lake that is elsewhere, which can be copied again at any time. */
    public boolean isCopy() {
        return Files.exists(root.resolve(COPIED_DAYS));
    }

    /** The folder of the lake, absolute. */
    public Path root() {
        return root;
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws IOException {
        List<ObjectInfo> found = new ArrayList<>();
        Path folder = path(prefix);
        if (!Files.isDirectory(folder)) {
            return found;
        }
        Files.walkFileTree(folder, LINKS_TOO, Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.add(info(file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // moved away while we were looking
                }
                throw e;
            }
        });
        found.sort(Comparator.comparing(ObjectInfo::key));
        return found;
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path(prefix), Files::isDirectory)) {
            children.forEach(child -> found.add(child.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return found;
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    @Override
    public List<ObjectInfo> files(String prefix) throws IOException {
        List<ObjectInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path(prefix))) {
            for (Path child : children) {
                regular(child).ifPresent(found::add);
            }
        } catch (NoSuchFileException e) {
            return found;
        }
        found.sort(Comparator.comparing(ObjectInfo::key));
        return found;
    }

    /** Looks at the files asked for only: a folder may hold one for each day of many years. */
    @Override
    public List<ObjectInfo> lastFiles(String prefix, Predicate<String> named, int most) throws IOException {
        String[] names = path(prefix).toFile().list();
        if (names == null) {
            return ObjectStore.super.lastFiles(prefix, named, most); // it says why
        }
        PriorityQueue<String> last = new PriorityQueue<>();
        for (String name : names) {
            if (named.test(name) && (last.size() < most || name.compareTo(last.element()) > 0)) {
                last.add(name);
                if (last.size() > most) {
                    last.remove();
                }
            }
        }
        List<ObjectInfo> found = new ArrayList<>();
        for (String name : last) {
            find(prefix + name).ifPresent(found::add);
        }
        if (found.size() < last.size()) {
            return ObjectStore.super.lastFiles(prefix, named, most); // folders are among them
        }
        found.sort(Comparator.comparing(ObjectInfo::key));
        return found;
    }

    /** Asks for each: a folder for each list and day takes longer to read than the names that are asked for. */
    @Override
    public Existing existing(String prefix) {
        return key -> Files.isRegularFile(path(key));
    }

    @Override
    public Optional<ObjectInfo> find(String key) throws IOException {
        return regular(path(key));
    }

    /** Empty for a folder, and for what was moved away meanwhile. */
    private Optional<ObjectInfo> regular(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(info(file, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A {@link FileInputStream}, which reads 200 KB files more than twice as fast as a channel's stream. */
    @Override
    public InputStream open(String key) throws IOException {
        try {
            return new FileInputStream(path(key).toFile());
        } catch (FileNotFoundException e) {
            if (Files.exists(path(key))) {
                throw e;
            }
            throw missing(key, e);
        }
    }

    @Override
    public Optional<Versioned> read(String key) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(path(key));
            return Optional.of(new Versioned(bytes, version(bytes)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        try (Staged staged = stage()) {
            staged.out().write(bytes);
            Set<Path> touched = new HashSet<>();
            publish((LocalStaged) staged, key, touched);
            forceAll(touched);
        }
    }

    @Override
    public Staged stage() throws IOException {
        Path file = temporary.next();
        try {
            return new LocalStaged(file);
        } catch (FileNotFoundException e) {
            Files.createDirectories(parent(file));
            return new LocalStaged(file);
        }
    }

    @Override
    public Staged stage(byte[] bytes) throws IOException {
        temporary.make();
        return new LocalStaged(temporary.next(), bytes);
    }

    @Override
    public boolean commit(
            List<Publish> parts, Set<String> obsolete, String manifestKey, byte[] manifest, @Nullable String expected)
            throws IOException {
        Forcing.each(parts, part -> ((LocalStaged) part.staged()).finish());
        try (Staged staged = stage();
                Closeable lock = FileLocks.of(commitLock()).exclusive()) {
            String current = read(manifestKey).map(Versioned::version).orElse(null);
            if (!Objects.equals(current, expected)) {
                return false;
            }
            Set<Path> touched = new HashSet<>();
            for (Publish part : parts) {
                publish((LocalStaged) part.staged(), part.key(), touched);
            }
            for (String key : keys(obsolete, parts)) {
                Path file = path(key);
                if (Files.deleteIfExists(file)) {
                    touched.add(parent(file));
                }
            }
            forceAll(touched); // the manifest must never be durable before its parts are
            staged.out().write(manifest);
            touched.clear();
            publish((LocalStaged) staged, manifestKey, touched);
            forceAll(touched);
            return true;
        }
    }

    /** The keys in {@code obsolete}, and what is in its folders and not published. */
    private Set<String> keys(Set<String> obsolete, List<Publish> parts) throws IOException {
        Set<String> keys = new HashSet<>();
        for (String name : obsolete) {
            if (name.endsWith("/")) {
                files(name).forEach(info -> keys.add(info.key()));
            } else {
                keys.add(name);
            }
        }
        parts.forEach(part -> keys.remove(part.key()));
        return keys;
    }

    @Override
    public boolean putNew(String key, Staged staged) throws IOException {
        return putNew(List.of(new Publish(staged, key))).get(0);
    }

    /** On many threads, because each waits for the disk. */
    @Override
    public List<Boolean> putNew(List<Publish> objects) throws IOException {
        List<LocalStaged> files =
                objects.stream().map(object -> (LocalStaged) object.staged()).toList();
        List<Path> targets = objects.stream().map(object -> path(object.key())).toList();
        return new NewFiles(files, targets, temporary).publish();
    }

    @Override
    public void move(String from, String to, Set<String> names) throws IOException {
        Path source = path(from);
        if (Files.isDirectory(source)) {
            Renames.folder(source, path(to), names);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Path file = path(key);
        if (Files.deleteIfExists(file)) {
            LocalStaged.forceFolder(parent(file));
        }
    }

    @Override
    public void deleteAll(String root, Collection<String> keys) throws IOException {
        Path top = path(root);
        Set<Path> touched = new TreeSet<>(Comparator.reverseOrder()); // folders before those that hold them
        for (String key : keys) {
            Path file = path(key);
            Files.deleteIfExists(file);
            for (Path folder = parent(file); !folder.equals(top) && folder.startsWith(top); folder = parent(folder)) {
                touched.add(folder);
            }
        }
        Set<Path> changed = new HashSet<>();
        for (Path folder : touched) {
            if (Files.isSymbolicLink(folder)) {
                continue; // to delete the link would hide what is in the folder
            }
            try {
                if (Files.deleteIfExists(folder)) {
                    changed.remove(folder);
                }
                changed.add(parent(folder));
            } catch (DirectoryNotEmptyException e) {
                changed.add(folder);
            }
        }
        changed.removeIf(folder -> !Files.isDirectory(folder));
        forceAll(changed);
    }

    @Override
    public boolean retract(String root, Collection<String> parts, String manifestKey, @Nullable String expected)
            throws IOException {
        try (Closeable lock = FileLocks.of(commitLock()).exclusive()) {
            return ObjectStore.super.retract(root, parts, manifestKey, expected);
        }
    }

    @Override
    public Closeable shared() throws IOException {
        if (!Files.isWritable(root)) {
            return () -> {}; // nobody can commit here either, and no lock file can be made
        }
        return FileLocks.of(commitLock()).shared();
    }

    @Override
    public Exclusive exclusive(String name) throws IOException {
        return FileLocks.of(root.resolve("_chartlake").resolve(name + ".lock")).exclusive()::close;
    }

    private Path commitLock() {
        return root.resolve("_chartlake/commit.lock");
    }

    private void publish(LocalStaged staged, String key, Set<Path> touched) throws IOException {
        staged.finish();
        Path target = path(key);
        touched.addAll(makeFolders(parent(target)));
        Renames.file(staged.file(), target);
        touched.add(parent(target));
    }

    /** Makes the folder and returns the parents that got a new child, which must be forced too. */
    static Set<Path> makeFolders(Path folder) throws IOException {
        Set<Path> changed = new HashSet<>();
        if (!Files.isDirectory(folder)) {
            Path parent = parent(folder);
            changed.addAll(makeFolders(parent));
            Files.createDirectories(folder);
            changed.add(parent);
        }
        return changed;
    }

    private static void forceAll(Set<Path> folders) throws IOException {
        Forcing.each(folders, LocalStaged::forceFolder);
    }

    private Path path(String key) {
        Path path = root.resolve(key).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("Key leads out of the lake: " + key);
        }
        return path;
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("No parent folder: " + path);
        }
        return parent;
    }

    private ObjectInfo info(Path file, BasicFileAttributes attributes) {
        Instant modifiedAt = attributes.lastModifiedTime().toInstant();
        String stamp = attributes.size() + " " + modifiedAt.getEpochSecond() + " " + modifiedAt.getNano();
        return new ObjectInfo(key(file), attributes.size(), modifiedAt, stamp);
    }

    private String key(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private MissingObjectException missing(String key, IOException cause) {
        MissingObjectException e = new MissingObjectException(key, name());
        e.initCause(cause);
        return e;
    }

    private static String version(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return bytes.length + "-" + Long.toHexString(crc.getValue());
    }
}

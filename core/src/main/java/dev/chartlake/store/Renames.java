package dev.chartlake.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** How files of a {@link LocalStore} get to their place: at once, by renames and links on one disk. */
final class Renames {

    private Renames() {}

    /** Moves what is named, relative to {@code source}; anything else stays where it is. */
    static void folder(Path source, Path target, Set<String> names) throws IOException {
        folder(source, target, "", names);
    }

    /** False if something is there, which a rename would replace. */
    static boolean link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException e) {
            throw explained(e, file, target);
        }
    }

    static void file(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw explained(e, file, target);
        }
    }

    private static FileSystemException explained(FileSystemException e, Path file, Path target) throws IOException {
        Path from = LocalStore.parent(file);
        Path to = LocalStore.parent(target);
        if (e instanceof NoSuchFileException || Files.getFileStore(from).equals(Files.getFileStore(to))) {
            return e;
        }
        return new FileSystemException(to + " is on another disk or mount than " + from
                + ". Files are renamed into place, which takes one: put the whole lake on it.");
    }

    /** Renames the whole folder where nothing is in the way: one call instead of one for each file. */
    private static void folder(Path source, Path target, String prefix, Set<String> names) throws IOException {
        if (!Files.exists(target)) {
            Files.createDirectories(LocalStore.parent(target));
            file(source, target);
            returnStrays(target, source, prefix, names);
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(source)) {
            for (Path child : children) {
                String name = prefix + child.getFileName();
                Path destination = target.resolve(child.getFileName().toString());
                if (Files.isDirectory(child)) {
                    folder(child, destination, name + "/", names);
                } else if (names.contains(name)) {
                    file(child, destination);
                }
            }
        }
        try {
            Files.delete(source);
        } catch (DirectoryNotEmptyException e) {
            // What is left was not asked for: it has just arrived, and waits.
        }
    }

    /** A file that arrived between listing and renaming came along; it goes back to where it waits. */
    private static void returnStrays(Path moved, Path origin, String prefix, Set<String> names) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(moved)) {
            for (Path child : children) {
                String name = prefix + child.getFileName();
                Path back = origin.resolve(child.getFileName().toString());
                if (names.contains(name)) {
                    continue;
                }
                if (Files.isDirectory(child)) {
                    returnStrays(child, back, name + "/", names);
                } else {
                    Files.createDirectories(origin);
                    file(child, back);
                }
            }
        }
    }
}

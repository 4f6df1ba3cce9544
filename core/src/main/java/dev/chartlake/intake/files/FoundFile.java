package dev.chartlake.intake.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of this machine that is to be imported.
 *
 * @param path where it is
 * @param file what messages call it, its names and its time
 * @param size in bytes
 * @param problem why it cannot be read, or null
 */
public record FoundFile(
        Path path, ImportFile file, long size, @Nullable String problem) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Looks at a file and does not open it. */
    public static FoundFile of(Path path) {
        String label = CONTROL.matcher(path.toString()).replaceAll("?");
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Instant modifiedAt = attributes.lastModifiedTime().toInstant();
            String problem = attributes.isRegularFile()
                    ? null
                    : "is not a regular file, but a pipe or a device. Write its data to a file first.";
            return new FoundFile(path, new ImportFile(label, names(path), modifiedAt), attributes.size(), problem);
        } catch (IOException e) {
            return new FoundFile(path, new ImportFile(label, names(path), Instant.EPOCH), 0, unreadable(e));
        }
    }

    private static List<String> names(Path file) {
        List<String> names = new ArrayList<>();
        file.toAbsolutePath().normalize().forEach(name -> names.add(name.toString()));
        return names;
    }

    /** Says why a file cannot be read, and what to do. */
    public static String unreadable(IOException e) {
        return "cannot be read: " + cause(e) + ". Check the path and its permissions.";
    }

    /** Why the system refuses a file. */
    static String cause(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        @Nullable String message = e.getMessage();
        return message == null ? "the system gives no reason" : message;
    }
}

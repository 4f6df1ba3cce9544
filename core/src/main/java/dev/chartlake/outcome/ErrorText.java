package dev.chartlake.outcome;

import java.io.FileNotFoundException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an exception says to the user: no Java class name, and for a file what happened to it and the cure. */
public final class ErrorText {

    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:java|javax|jdk|sun|com|org|software|dev|picocli)[./](?:[a-z0-9_]+[./])*[A-Z]\\w*");

    /** What to do about the reasons that operating systems give. */
    private static final Map<String, String> CURES = Map.of(
            "No space left on device", "Free some space there, or name another place.",
            "Disk quota exceeded", "Free some space there, or name another place.",
            "Read-only file system", "Name a place that can be written.",
            "Not a directory", "Something in its path is a file and not a folder. Name another place.",
            "Is a directory", "Name a file.",
            "File name too long", "Name a shorter one.",
            "Too many open files", "Allow more: ulimit -n 4096");

    private ErrorText() {}

    /** A sentence or more. */
    public static String of(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && saysNothing(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof FileSystemException file) {
            return of(file);
        }
        if (cause instanceof ClosedByInterruptException) {
            return "Interrupted.";
        }
        String text = Objects.requireNonNullElse(cause.getMessage(), "");
        if (cause instanceof FileNotFoundException) {
            return ended(text) + " Check the name and the permissions.";
        }
        if (text.isBlank()
                || cause instanceof NullPointerException
                || CLASS_NAME.matcher(text).find()) {
            return "Something unexpected happened, which is a fault of Chartlake. To see where, set CHARTLAKE_TRACE=1"
                    + " and run the same command again.";
        }
        String cure = cure(text);
        return cure.isEmpty() ? text : ended(text) + " " + cure;
    }

    /** Without a message of its own, an exception repeats its cause's with the name of its class. */
    private static boolean saysNothing(Throwable e) {
        @Nullable String text = e.getMessage();
        return text == null || text.isBlank() || text.equals(String.valueOf(e.getCause()));
    }

    private static String of(FileSystemException e) {
        String file = Objects.requireNonNullElse(e.getFile(), "the file");
        if (e instanceof AccessDeniedException) {
            return "No permission for " + file + ". Check its owner and rights, and those of its folders: ls -ld '"
                    + file + "'";
        }
        if (e instanceof NoSuchFileException) {
            return "No file or folder " + file
                    + ". Check the name; if it was there a moment ago, something else has moved or deleted it.";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a folder: " + file + ". Name another place, or move the file away.";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "In the way: " + file + ". Move it away, or name another place.";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "Not an empty folder: " + file + ". Name another place.";
        }
        String reason = Objects.requireNonNullElse(e.getReason(), "it cannot be read or written");
        return ended(file + ": " + reason) + (cure(reason).isEmpty() ? "" : " " + cure(reason));
    }

    private static String cure(String reason) {
        return CURES.entrySet().stream()
                .filter(known -> reason.endsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}

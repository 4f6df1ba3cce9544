package dev.chartlake.app.jobs;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The text of a query: from the command line, from a file or from standard input. */
public final class QueryText {

    private static final String STANDARD_INPUT = "-";

    private QueryText() {}

    /** Reads the query that one of the two names. Throws {@link Failure} if both do, none does, or it is empty. */
    public static String of(@Nullable String sql, @Nullable String file, InputStream input) throws IOException {
        if (sql != null && file != null) {
            throw new Failure(ExitCode.USAGE, "Two queries: one after --file, one in the command. Leave one out.");
        }
        if (sql == null && file == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "No query. Write it in quotes, such as ./chartlake query \"SELECT * FROM lists\", or name a file"
                            + " with -f FILE, or - for standard input.");
        }
        boolean piped = STANDARD_INPUT.equals(sql) || STANDARD_INPUT.equals(file);
        String text = piped ? text("Standard input", input.readAllBytes()) : file == null ? sql : read(Path.of(file));
        if (text == null || text.isBlank()) {
            throw new Failure(
                    ExitCode.USAGE,
                    (piped ? "Standard input" : file == null ? "The query" : file) + " is empty. Write one SELECT.");
        }
        return text;
    }

    private static String read(Path file) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new Failure(
                    ExitCode.USAGE,
                    (Files.exists(file) ? "Not a file: " : "No file ") + file + ". Name a file with one SELECT.");
        }
        return text(file.toString(), Files.readAllBytes(file));
    }

    private static String text(String where, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Failure(ExitCode.USAGE, where + " is not UTF-8. Save the query as UTF-8.");
        }
    }
}

package dev.chartlake.intake;

import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.names.NameHints;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.store.ObjectStore.Staged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read to its end.
 *
 * @param file where it came from
 * @param hints what its name and folders say
 * @param staged its bytes; the caller closes them
 * @param size how many bytes it has
 * @param parts what it holds; empty if it cannot be imported
 * @param leftOut what else it holds that cannot be read, such as {@code a chart of albums}
 * @param replaced how many personal values are replaced in the parts
 * @param extension what it looks like, also if it could not be read
 * @param problem why it cannot be imported: a {@link dev.chartlake.intake.files.Refusal} or a parse error; null if it can
 */
record Inspected(
        ImportFile file,
        NameHints hints,
        Staged staged,
        long size,
        List<Part> parts,
        List<String> leftOut,
        long replaced,
        String extension,
        @Nullable Exception problem) {}

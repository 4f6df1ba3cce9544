package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown pages of the repository, and what stands in them. */
final class DocPages {

    /** The folder of the repository, wherever the test is started. */
    static final Path ROOT = root();

    private static final int IN_LINES = Pattern.DOTALL | Pattern.MULTILINE;
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```$", IN_LINES);
    private static final Pattern EXAMPLE =
            Pattern.compile("^```(\\w+)\\n((?:(?!^```).)*)^```\\n```\\n(.*?)^```$", IN_LINES);

    private DocPages() {}

    /** A block of code with the block below it, which shows what it prints. */
    record Example(String language, String code, String printed) {}

    static Stream<Path> all() {
        return files(ROOT, ".md")
                .filter(page ->
                        !ROOT.relativize(page).toString().matches("(.*[/\\\\])?(target|[.][^/\\\\]+)[/\\\\].*"));
    }

    static List<Example> examples(String text) {
        return EXAMPLE.matcher(text)
                .results()
                .map(block -> new Example(block.group(1), block.group(2), block.group(3)))
                .toList();
    }

    static List<String> fenced(Path page, String language) {
        return FENCE.matcher(read(page))
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2))
                .toList();
    }

    /** What stands below a heading of the second level, up to the next one. */
    static String section(String page, String title) {
        var heading = Pattern.compile("^## " + Pattern.quote(title) + "$(.*?)(?=^## |\\z)", IN_LINES)
                .matcher(page);
        assertThat(heading.find()).describedAs("a section '%s'", title).isTrue();
        return heading.group(1);
    }

    /** The words of a command line, up to the first character that only a shell reads. */
    static String[] words(String line) {
        return Pattern.compile("\"[^\"]*\"|'[^']*'|[^\\s\"']+")
                .matcher(line)
                .results()
                .map(m -> m.group().replaceFirst("\\)$", "").replaceAll("^[\"']|[\"']$", ""))
                .takeWhile(word -> !List.of(">", "|", "&", "#").contains(word))
                .toArray(String[]::new);
    }

    static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(m -> m.group(1)).toList();
    }

    static Stream<Path> files(Path below, String ending) {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = Objects.requireNonNull(at.getParent(), "not in the repository");
        }
        return at;
    }
}

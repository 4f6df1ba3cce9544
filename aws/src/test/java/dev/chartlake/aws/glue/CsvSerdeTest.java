package dev.chartlake.aws.glue;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.bytecode.opencsv.CSVReader;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Seeded;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our CSV as Athena reads it: the file is split at every line end, the header skipped, and each line handed to the parser of
 * OpenCSVSerde (opencsv 2.3) with the parameters of the table.
 */
class CsvSerdeTest {
    private static final List<String> PIECES = List.of(
            "a", "Ærlig", "🎵", ",", "\"", "\"\"", "\\", "'", "\n", "\r\n", "\r", "\t", " ", ";", "\u0001", "\\N",
            "NULL");

    @Test
    void everyTextComesBack() {
        Seeded.run(CsvSerdeTest::everyTextComesBack);
    }

    private static void everyTextComesBack(Random random) throws IOException {
        var rows = new TableRows(Table.ARTISTS, new Strings());
        var expected = new ArrayList<List<String>>();
        for (int row = 0; row < 2_000; row++) {
            rows.add();
            var texts = new ArrayList<String>();
            for (int c = 0; c < Table.ARTISTS.columns().size(); c++) {
                var text = c == 1 ? "1970-01-01 00:00:00" : c == 0 ? "id" + row : text(random);
                if (c == 1) {
                    rows.set(row, c, 0L);
                } else if (text != null) {
                    rows.set(row, c, rows.strings().intern(text));
                }
                texts.add(Objects.requireNonNullElse(text, "").replaceAll("\r\n|[\r\n\u0001]", " "));
            }
            expected.add(texts);
        }
        assertThat(read(csv(rows))).containsExactlyElementsOf(expected);
    }

    private static @Nullable String text(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String csv(TableRows rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new CsvFormat().open(rows.table(), out)) {
            writer.write(rows, IntStream.range(0, rows.size()).toArray());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<List<String>> read(String csv) throws IOException {
        var all = new ArrayList<List<String>>();
        var lines = new BufferedReader(new StringReader(csv));
        assertThat(lines.readLine())
                .isEqualTo(String.join(
                        ",", Table.ARTISTS.columns().stream().map(Column::name).toList()));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            try (var reader = new CSVReader(
                    new StringReader(line),
                    parameter("separatorChar"),
                    parameter("quoteChar"),
                    parameter("escapeChar"))) {
                all.add(List.of(reader.readNext()));
            }
        }
        return all;
    }

    private static char parameter(String name) {
        return Objects.requireNonNull(FileKind.CSV.serdeParameters().get(name)).charAt(0);
    }
}

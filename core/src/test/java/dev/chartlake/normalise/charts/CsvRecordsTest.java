package dev.chartlake.normalise.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.chartlake.json.JsonException;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random CSV files are read as FastCSV reads them, in pieces of any size. */
class CsvRecordsTest {

    private static final String[] SEPARATORS = {",", ";", "\t", "|"};
    private static final String[] ENDS = {"\n", "\r\n", "\r"};
    private static final String[] PIECES = {
        "a", "Z", "7", "-1", " ", ".", "\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "é", "音楽", "🎵", "track", "'"
    };

    @Test
    void readsWhatFastCsvReads() {
        Seeded.run(300, random -> {
            String file = file(random);
            assertThat(read(new Chunks(file.getBytes(UTF_8), random))).isEqualTo(expected(file));
        });
    }

    @Test
    void namesTheFirstByteThatIsNotUtf8() {
        Seeded.run(100, random -> {
            byte[] bytes = file(random).getBytes(UTF_8);
            int at = random.nextInt(bytes.length);
            if ("aZ7".indexOf(bytes[at]) < 0) {
                return; // not within a field
            }
            bytes[at] = (byte) 0xff;
            assertThatThrownBy(() -> read(new Chunks(bytes, random))).isInstanceOfSatisfying(JsonException.class, e -> {
                assertThat(e).hasMessageStartingWith("not UTF-8: byte 0xff");
                assertThat(e.offset()).isEqualTo(at);
            });
        });
    }

    /** The first line has its separator more often than all others together. */
    private static String file(Random random) {
        String separator = SEPARATORS[random.nextInt(SEPARATORS.length)];
        String end = ENDS[random.nextInt(ENDS.length)];
        int columns = 2 + random.nextInt(40);
        StringBuilder file = new StringBuilder("rank");
        for (int i = 1; i < columns; i++) {
            file.append(separator).append("name").append(i);
        }
        file.append(end);
        int rows = random.nextInt(10) == 0 ? 500 : random.nextInt(20);
        for (int row = 0; row < rows; row++) {
            for (int i = random.nextInt(3); i < columns; i++) {
                field(random, separator, file);
                file.append(i + 1 < columns ? separator : "");
            }
            file.append(row + 1 < rows || random.nextBoolean() ? end : "");
        }
        return file.toString();
    }

    private static void field(Random random, String separator, StringBuilder file) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(50) == 0 ? 300 : 6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        boolean quoted = random.nextBoolean()
                || text.indexOf(separator) >= 0
                || text.indexOf("\"") >= 0
                || text.indexOf("\n") >= 0
                || text.indexOf("\r") >= 0;
        file.append(quoted ? "\"" + text.toString().replace("\"", "\"\"") + "\"" : text);
    }

    private static List<List<String>> read(InputStream in) throws IOException {
        CsvRecords records = new CsvRecords();
        records.open(in);
        List<List<String>> all = new ArrayList<>();
        while (records.next()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < records.count(); i++) {
                fields.add(text(records, i));
            }
            all.add(fields);
        }
        return all;
    }

    private static String text(CsvRecords records, int field) {
        int length = records.copy(field);
        if (!records.isDoubled(field)) {
            assertThat(records.end(field) - records.start(field)).isEqualTo(length);
        }
        return new String(records.copied(), 0, length, UTF_8);
    }

    private static List<List<String>> expected(String file) throws IOException {
        char separator = file.charAt("rank".length());
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(file)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        }
    }

    /** Gives as many bytes at a time as it likes. */
    private static final class Chunks extends ByteArrayInputStream {
        private final Random random;

        Chunks(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            return super.read(to, from, length == 0 ? 0 : 1 + random.nextInt(Math.min(length, 5000)));
        }
    }
}

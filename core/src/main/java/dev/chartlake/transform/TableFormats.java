package dev.chartlake.transform;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that tables can have, by the names that settings give them. */
public final class TableFormats {

    /** All names, for messages. */
    public static final String NAMES = "parquet, csv";

    /** The name of the usual one. */
    public static final String USUAL = "parquet";

    private TableFormats() {}

    /** Whether there is a format of that name, in whichever case. */
    public static boolean exists(String name) {
        return List.of(NAMES.split(", ")).contains(name.toLowerCase(Locale.ROOT));
    }

    /** The format of that name, in whichever case; empty if there is none. */
    public static Optional<TableFormat> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "parquet" -> Optional.of(new ParquetFormat());
            case "csv" -> Optional.of(new CsvFormat());
            default -> Optional.empty();
        };
    }
}

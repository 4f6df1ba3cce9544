package dev.chartlake.duckdb;

import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.duckdb.files.Marker;
import dev.chartlake.lake.DayCure;
import dev.chartlake.model.Span;
import dev.chartlake.query.QueryException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.Views;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** DuckDB's messages, shortened, with what the reader needs to go on. */
public final class QueryErrors {
    private static final String WRAPPER = "(?s)^Invalid Input Error: Attempting to execute an unsuccessful.*?\nError: ";
    private static final Pattern UNKNOWN_TABLE = Pattern.compile("^Catalog Error: Table with name .* does not exist");
    private static final Pattern UNKNOWN_COLUMN = Pattern.compile(
            "^Binder Error: .*(?:not found in|does not have a column|does not exist on (?:left|right) side|Candidate bindings)",
            Pattern.DOTALL);

    /** What DuckDB says before it reads a file, or for other reasons. */
    private static final Pattern NOT_OF_FILES =
            Pattern.compile("^(?:Parser|Binder|Catalog|Permission|INTERRUPT|Not implemented) Error");

    private static final Pattern PARTITION = Pattern.compile("snapshot_date=(\\d{4}-\\d{2}-\\d{2})/part-");

    /** DuckDB's own limit, the machine's, or Java's where the driver hands a value over. */
    private static final Pattern NO_MEMORY =
            Pattern.compile("^Out of Memory Error|bad_alloc|Java heap space|exceeds VM limit|allocate memory");

    private static final String TOO_MUCH =
            "The query needs more memory or temporary files than it may use. Ask for fewer"
                    + " days or rows, or for shorter values, such as substr(x, 1, 1000) instead of x.";

    private QueryErrors() {}

    /** What to say when a result of DuckDB does not fit into Java's memory. */
    static QueryException tooLarge(OutOfMemoryError error) {
        return new QueryException(TOO_MUCH, error);
    }

    /** What DuckDB says, on one line and without its advice. */
    public static String shortened(SQLException error) {
        var full = String.valueOf(error.getMessage()).replaceFirst(WRAPPER, "");
        return full.split("\n\\s*\n", 2)[0].strip().replaceAll("\\s*\n\\s*", " ");
    }

    /** Whether a query can have failed because a file could not be read. */
    static boolean canBeOfFiles(SQLException error) {
        return !NOT_OF_FILES.matcher(shortened(error)).find();
    }

    /** The message for the user. Throws {@link ChangedLakeException} if it is about a file in {@code lake}. */
    static QueryException explain(SQLException error, String sql, Connection duckDb, Path lake)
            throws ChangedLakeException {
        var message = shortened(error);
        if (UNKNOWN_TABLE.matcher(message).find()) {
            message += " The views are: " + String.join(", ", Views.everyName()) + ".";
        } else if (UNKNOWN_COLUMN.matcher(message).find()) {
            message += "." + columns(sql, duckDb);
        } else if (message.contains("prepared statement parameters")) {
            message = "The query holds a parameter, such as ? or $1. Write the value in its place.";
        } else if (message.startsWith("Permission Error")) {
            message += ". Queries read the lake's own tables and nothing else.";
        } else if (message.startsWith("INTERRUPT Error")) {
            message = "The query took longer than it may here. Ask for fewer days, or run it with ./chartlake query.";
        } else if (NO_MEMORY.matcher(message).find()) {
            message = TOO_MUCH;
        } else if (message.contains("/" + Span.ROOT)
                || PARTITION.matcher(message).find()) {
            throw new ChangedLakeException(message + ". " + cure(message, lake));
        }
        return new QueryException(message, error);
    }

    /** What to do when a file of the lake is broken. */
    private static String cure(String message, Path lake) {
        var partition = PARTITION.matcher(message);
        return partition.find()
                ? DayCure.again(new LocalStore(lake), LocalDate.parse(partition.group(1)))
                : Marker.cure(new LocalStore(lake));
    }

    /** The columns of each view that the query names. */
    private static String columns(String sql, Connection duckDb) {
        var text = new StringBuilder();
        for (var view : Views.everyName()) {
            if (!Pattern.compile("\\b" + view + "\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(sql)
                    .find()) {
                continue;
            }
            try (var statement = duckDb.createStatement();
                    var found = statement.executeQuery("SELECT string_agg(column_name, ', ' ORDER BY column_index)"
                            + " FROM duckdb_columns() WHERE table_name = '" + view + "'")) {
                if (found.next()) {
                    text.append(" The columns of ")
                            .append(view)
                            .append(" are: ")
                            .append(found.getString(1))
                            .append('.');
                }
            } catch (SQLException e) {
                return "";
            }
        }
        return text.toString();
    }
}

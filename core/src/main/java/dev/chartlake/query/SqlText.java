package dev.chartlake.query;

/** Values as SQL writes them, the same for every engine. */
public final class SqlText {

    private SqlText() {}

    /**
     * A text as a literal. Throws {@link QueryException} for one with a character 0, which no engine can hold.
     */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new QueryException("A text with a character 0 in it means nothing here.");
        }
        return "'" + text.replace("'", "''") + "'";
    }
}

package dev.chartlake.warehouse.snowflake;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a file of statements at its semicolons, but for those in texts, comments and bodies of procedures. */
final class SqlFile {
    private static final Pattern PIECE = Pattern.compile("\\$\\$.*?\\$\\$|'[^']*'|--[^\n]*|;|.", Pattern.DOTALL);

    private SqlFile() {}

    /** Comments between statements are left out. */
    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (Matcher piece = PIECE.matcher(text); piece.find(); ) {
            if (piece.group().equals(";")) {
                statements.add(statement.toString().strip());
                statement.setLength(0);
            } else if (!piece.group().startsWith("--") || !statement.toString().isBlank()) {
                statement.append(piece.group());
            }
        }
        if (!statement.toString().isBlank()) {
            throw new IllegalArgumentException("No semicolon: " + statement);
        }
        return statements;
    }
}

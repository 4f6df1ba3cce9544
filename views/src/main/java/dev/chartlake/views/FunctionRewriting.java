package dev.chartlake.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes calls of functions, names of types in casts, and texts in another way. It knows as much of SQL as that takes: words, texts
 * in quotes, comments, brackets.
 */
final class FunctionRewriting {
    private final Map<String, Function<List<String>, String>> functions;
    private final Map<String, String> types;
    private final UnaryOperator<String> literals;

    /**
     * {@code functions} make a call's replacement of its arguments, by the function's name in small letters; {@code types}
     * replace what follows {@code AS} in a cast; {@code literals} replace texts, each with its quotes.
     */
    FunctionRewriting(
            Map<String, Function<List<String>, String>> functions,
            Map<String, String> types,
            UnaryOperator<String> literals) {
        this.functions = functions;
        this.types = types;
        this.literals = literals;
    }

    String of(String sql) {
        if (functions.isEmpty() && types.isEmpty()) {
            return sql;
        }
        var out = new StringBuilder();
        int at = 0;
        while (at < sql.length()) {
            int end = endOfPiece(sql, at);
            var piece = sql.substring(at, end);
            var function = end < sql.length() && sql.charAt(end) == '(' ? functions.get(lower(piece)) : null;
            if (function == null) {
                out.append(other(piece, out));
                at = end;
            } else {
                int close = closing(sql, end);
                out.append(function.apply(arguments(sql.substring(end + 1, close))));
                at = close + 1;
            }
        }
        return out.toString();
    }

    private String other(String piece, StringBuilder before) {
        if (piece.startsWith("'")) {
            return literals.apply(piece);
        }
        boolean afterAs =
                before.length() >= 4 && before.substring(before.length() - 4).equals(" AS ");
        return afterAs ? types.getOrDefault(piece, piece) : piece;
    }

    private List<String> arguments(String list) {
        var arguments = new ArrayList<String>();
        int begin = 0;
        int depth = 0;
        for (int at = 0; at < list.length(); at = endOfPiece(list, at)) {
            char c = list.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(of(list.substring(begin, at).strip()));
                begin = at + 1;
            }
        }
        arguments.add(of(list.substring(begin).strip()));
        return arguments;
    }

    /** Where the bracket that opens at {@code open} closes. */
    private static int closing(String sql, int open) {
        int depth = 0;
        for (int at = open; at < sql.length(); at = endOfPiece(sql, at)) {
            char c = sql.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("A bracket is not closed: " + sql.substring(open));
    }

    /** A piece is a word, a text in quotes, a comment, or one other character. */
    private static int endOfPiece(String sql, int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            int end = sql.indexOf(c, at + 1) + 1;
            while (end < sql.length() && sql.charAt(end) == c) { // a quote in the text is two
                end = sql.indexOf(c, end + 1) + 1;
            }
            return end;
        }
        if (sql.startsWith("--", at)) {
            int line = sql.indexOf('\n', at);
            return line < 0 ? sql.length() : line;
        }
        int end = at;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        return Math.max(end, at + 1);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}

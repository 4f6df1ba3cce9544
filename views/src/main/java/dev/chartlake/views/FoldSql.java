package dev.chartlake.views;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the application's own queries write as {@code fold(text)}: the words of a text as people type them, as
 * {@link dev.chartlake.lists.FoldedName} has them.
 */
public final class FoldSql {
    private static final Pattern FOLD = Pattern.compile("\\bfold\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)");
    private static final String FOLDED = "trim(regexp_replace(replace(replace(replace(replace(translate("
            + "replace(strip_accents(lower(replace(replace(%s, '''', ''), '’', ''))), '&', ' and '),"
            + " 'øłđðħı', 'olddhi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), '[^\\p{L}\\p{N}]+', ' ', 'g'))";

    private FoldSql() {}

    /** The SQL with DuckDB's functions in place of {@code fold}. */
    public static String expanded(String sql) {
        return FOLD.matcher(sql).replaceAll(text -> Matcher.quoteReplacement(FOLDED.replace("%s", text.group(1))));
    }
}

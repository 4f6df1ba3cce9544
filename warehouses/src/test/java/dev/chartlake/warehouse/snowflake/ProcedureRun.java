package dev.chartlake.warehouse.snowflake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Runs the procedure of {@code 4-task.sql} as it is, in a session. */
public final class ProcedureRun {
    private static final String HOST = """
            var snowflake = { execute: function (statement) {
              var result = host.execute(statement.sqlText, (statement.binds || []).map(String));
              var at = -1;
              return {
                next: function () { at += 1; return at < result.size(); },
                getColumnCount: function () { return result.columns(); },
                getColumnValue: function (i) { return result.value(at, i - 1); }
              };
            } };
            """;

    private final SnowflakeSession session;
    private final Before before;

    /** Called before each statement. */
    @FunctionalInterface
    interface Before {
        void statement(int number, String sql) throws Exception;
    }

    private int number;

    ProcedureRun(SnowflakeSession session, Before before) {
        this.session = session;
        this.before = before;
    }

    /** Returns what it returns; throws what it throws as a {@link org.mozilla.javascript.RhinoException}. */
    String run() {
        Context context = Context.enter();
        try {
            context.setLanguageVersion(Context.VERSION_ES6);
            context.getWrapFactory().setJavaPrimitiveWrap(false);
            Scriptable scope = context.initStandardObjects();
            ScriptableObject.putProperty(scope, "host", Context.javaToJS(this, scope));
            context.evaluateString(scope, HOST, "host", 1, null);
            Object result = context.evaluateString(
                    scope, "(function () {\n" + SnowflakeScripts.procedure() + "\n})()", "load_commits", 0, null);
            return Context.toString(result);
        } finally {
            Context.exit();
        }
    }

    /** A result as the script reads it. */
    public static final class Rows {
        private final SnowflakeResult result;

        Rows(SnowflakeResult result) {
            this.result = result;
        }

        public int size() {
            return result.rows().size();
        }

        public int columns() {
            return result.names().size();
        }

        public @Nullable Object value(int row, int column) {
            String value = result.rows().get(row).get(column);
            return value != null && result.types().get(column).equals("FIXED") ? (Object) Double.valueOf(value) : value;
        }
    }

    public Rows execute(String sql, List<?> binds) throws Exception {
        before.statement(++number, sql);
        List<@Nullable String> texts = new ArrayList<>();
        for (Object bind : binds) {
            texts.add(Context.toString(bind));
        }
        return new Rows(session.execute(sql, texts));
    }
}

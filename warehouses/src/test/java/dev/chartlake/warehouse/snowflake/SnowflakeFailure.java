package dev.chartlake.warehouse.snowflake;

/** What Snowflake would answer. */
final class SnowflakeFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String state;

    SnowflakeFailure(int code, String state, String message) {
        super(message);
        this.code = code;
        this.state = state;
    }

    int code() {
        return code;
    }

    String state() {
        return state;
    }
}

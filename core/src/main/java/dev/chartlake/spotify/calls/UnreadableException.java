package dev.chartlake.spotify.calls;

import dev.chartlake.http.Answer;

/** An answer with status 200 whose body is not the JSON object it should be. */
public final class UnreadableException extends TransientException {
    private static final long serialVersionUID = 1L;

    /** An offset that is not known. */
    public static final long NOWHERE = -1;

    private final transient Answer answer;
    private final long offset;

    public UnreadableException(Answer answer, String reason, long offset) {
        super(reason);
        this.answer = answer;
        this.offset = offset;
    }

    /** What came. */
    public Answer answer() {
        return answer;
    }

    /** The byte at which reading failed, or {@link #NOWHERE}. */
    public long offset() {
        return offset;
    }
}

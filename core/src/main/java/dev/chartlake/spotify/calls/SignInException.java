package dev.chartlake.spotify.calls;

/** Spotify does not accept who is asking. The message says what to check and holds no secret. */
public final class SignInException extends StopException {
    private static final long serialVersionUID = 1L;

    /** {@code message} holds no secret. */
    public SignInException(String message) {
        super(message);
    }
}

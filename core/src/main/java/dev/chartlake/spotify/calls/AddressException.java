package dev.chartlake.spotify.calls;

/** What answers at a configured address is not Spotify: a redirect, or paths that it does not know. */
public final class AddressException extends StopException {
    private static final long serialVersionUID = 1L;

    /** {@code message} says what answered and which setting to check, and holds no secret. */
    public AddressException(String message) {
        super(message);
    }
}

package dev.chartlake.spotify.calls;

/** The list was edited while its pages were read, so they do not belong together. */
public final class ListChangedException extends ListException {
    private static final long serialVersionUID = 1L;

    public ListChangedException(String message) {
        super(message);
    }
}

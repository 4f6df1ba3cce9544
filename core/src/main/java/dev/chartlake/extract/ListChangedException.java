package dev.chartlake.extract;

/** The list was edited while its pages were read, so they do not belong together. */
final class ListChangedException extends ListException {
    private static final long serialVersionUID = 1L;

    ListChangedException(String message) {
        super(message);
    }
}

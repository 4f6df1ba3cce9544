package dev.chartlake.lists;

/** A text names no list, or several. The message is for the user: it names those that can be meant. */
public final class ListNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListNameException(String message) {
        super(message);
    }
}

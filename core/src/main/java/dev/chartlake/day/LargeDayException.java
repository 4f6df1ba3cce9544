package dev.chartlake.day;

import java.io.IOException;

/** A day that does not fit into the memory of a worker that shares it with many. Nothing of it has been committed. */
public final class LargeDayException extends IOException {

    private static final long serialVersionUID = 1L;
}

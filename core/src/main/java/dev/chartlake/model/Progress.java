package dev.chartlake.model;

/** Hears how far long work is. Any thread may call it, also several at once. */
@FunctionalInterface
public interface Progress {

    /** Ignores it. */
    Progress NONE = (done, of) -> {};

    /** {@code done} of {@code of} parts are done or have failed: days, files, lists, whatever the work consists of. */
    void at(int done, int of);
}

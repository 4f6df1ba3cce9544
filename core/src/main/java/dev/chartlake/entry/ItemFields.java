package dev.chartlake.entry;

/**
 * Which fields an item has, as bits of the shapes that read it. Kept with the item, so that one that is recognised and not
 * read has them too; items that look alike share one.
 *
 * @param episode whether it is an episode, which has other fields than a song
 * @param item the fields of the item itself
 * @param album those of its album
 * @param artist those of its artists and of its album's
 */
public record ItemFields(boolean episode, long item, long album, long artist) {
    public static final ItemFields NONE = new ItemFields(false, 0, 0, 0);
}

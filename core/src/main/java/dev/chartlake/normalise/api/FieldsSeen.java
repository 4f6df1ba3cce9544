package dev.chartlake.normalise.api;

import dev.chartlake.entry.ItemFields;
import dev.chartlake.json.FieldOrder;
import java.util.SortedSet;

/**
 * The fields that a document of the Web API has, level by level, as bits of the shapes that read it. Costs a look at one
 * reference for each entry. Used by one thread.
 */
public final class FieldsSeen {

    long playlist;
    long page;
    long row;
    private long song;
    private long episode;
    private long album;
    private long artist;
    private ItemFields last = ItemFields.NONE;

    void clear() {
        playlist = 0;
        page = 0;
        row = 0;
        song = 0;
        episode = 0;
        album = 0;
        artist = 0;
        last = ItemFields.NONE;
    }

    /** Adds the fields of an item. */
    public void add(ItemFields item) {
        if (item != last) {
            last = item;
            song |= item.episode() ? 0 : item.item();
            episode |= item.episode() ? item.item() : 0;
            album |= item.album();
            artist |= item.artist();
        }
    }

    /** Adds the fields of another document. */
    public void add(FieldsSeen other) {
        playlist |= other.playlist;
        page |= other.page;
        row |= other.row;
        song |= other.song;
        episode |= other.episode;
        album |= other.album;
        artist |= other.artist;
    }

    /** The shapes that the bits are of. */
    public record Shapes(FieldOrder answers, FieldOrder rows, FieldOrder items, FieldOrder albums, FieldOrder artists) {
        public boolean anyFull() {
            return answers.isFull() || rows.isFull() || items.isFull() || albums.isFull() || artists.isFull();
        }
    }

    /** Adds to {@code to} the names of all fields, with the names of the objects they are in. */
    public void paths(Shapes shapes, SortedSet<String> to) {
        paths("playlist.", shapes.answers().names(playlist), to);
        paths("page.", shapes.answers().names(page), to);
        paths("row.", shapes.rows().names(row), to);
        paths("track.", shapes.items().names(song), to);
        paths("episode.", shapes.items().names(episode), to);
        paths("track.album.", shapes.albums().names(album), to);
        paths("track.artists.", shapes.artists().names(artist), to);
    }

    private static void paths(String prefix, Iterable<String> names, SortedSet<String> to) {
        names.forEach(name -> to.add(prefix + name));
    }
}

package dev.chartlake.jobs;

import dev.chartlake.lists.ListNameException;
import dev.chartlake.model.PlaylistRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The lists that a run is to take, in order.
 *
 * @param lists those that are playlists
 * @param wrong the texts that name no playlist
 */
public record WantedLists(Set<PlaylistRef> lists, List<Wrong> wrong) {

    /**
     * A text that names no playlist.
     *
     * @param text the text as it was given
     * @param reason what is wrong with it, and the cure
     */
    public record Wrong(String text, String reason) {}

    /** One list. */
    public static WantedLists of(PlaylistRef list) {
        return new WantedLists(Set.of(list), List.of());
    }

    /**
     * Reads ids and links of playlists. {@code names} finds the list that another text names, empty if it names none; it may
     * throw {@link ListNameException}.
     */
    public static WantedLists parse(Collection<String> texts, Function<String, Optional<PlaylistRef>> names) {
        Set<PlaylistRef> lists = new LinkedHashSet<>();
        List<Wrong> wrong = new ArrayList<>();
        for (String text : texts) {
            try {
                lists.add(list(text, names));
            } catch (IllegalArgumentException | ListNameException e) {
                wrong.add(new Wrong(text, String.valueOf(e.getMessage())));
            }
        }
        return new WantedLists(lists, wrong);
    }

    private static PlaylistRef list(String text, Function<String, Optional<PlaylistRef>> names) {
        try {
            return PlaylistRef.parse(text);
        } catch (IllegalArgumentException e) {
            return names.apply(text).orElseThrow(() -> e);
        }
    }

    /** These, and then {@code more}, each once. */
    public WantedLists and(Collection<PlaylistRef> more) {
        Set<PlaylistRef> all = new LinkedHashSet<>(lists);
        all.addAll(more);
        return new WantedLists(all, wrong);
    }

    /** How many were named, wrong ones included. */
    public int count() {
        return lists.size() + wrong.size();
    }

    /** What is wrong with each of the texts that name no playlist. */
    public List<String> reasons() {
        return wrong.stream().map(Wrong::reason).toList();
    }
}

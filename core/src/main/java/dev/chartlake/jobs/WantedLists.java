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

    /** The same, those of the signed-in user as lists of a profile, which follows their names behind a dot unless it is empty. */
    public WantedLists of(String profile) {
        Set<PlaylistRef> all = new LinkedHashSet<>();
        lists.forEach(
                list -> all.add(list.personal().map(own -> own.of(profile)).orElse(list)));
        return new WantedLists(all, wrong);
    }

    /** Whether any of them is of the signed-in user's own, to which Spotify gives no id. */
    public boolean anyPersonal() {
        return lists.stream().anyMatch(list -> list.personal().isPresent());
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

package dev.chartlake.lists;

import dev.chartlake.model.PlaylistRef;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the list that a text means among some: by its id or link, its name, an alias, its market ({@code norway}), also with
 * words that tell its lists apart ({@code no weekly}, {@code norway viral}), or the beginning of any of these. The first of
 * these ways that finds a list decides.
 */
public final class ListNameSearch {

    private static final int NEAREST = 5;
    private static final int MOST_SHOWN = 20;
    private static final Pattern DASHES = Pattern.compile("\\p{Pd}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private final List<NamedList> lists;

    /** Looks among {@code lists}. */
    public ListNameSearch(List<NamedList> lists) {
        this.lists = List.copyOf(lists);
    }

    /** The list that {@code text} names. Throws {@link ListNameException} if no list has this name, or several have it. */
    public NamedList named(String text) {
        return find(text).orElseThrow(() -> unknown(text));
    }

    /** The list that {@code text} names, or empty if it names no list. Throws {@link ListNameException} if it names several. */
    public Optional<NamedList> find(String text) {
        Found found = search(text);
        if (found.lists.size() > 1) {
            throw new ListNameException(found.lists.size() + " lists " + found.which + " '" + text
                    + "'. Name one of them: "
                    + found.lists.stream().limit(MOST_SHOWN).map(this::choice).collect(Collectors.joining(", "))
                    + more(found.lists) + ".");
        }
        return found.lists.stream().findFirst();
    }

    /**
     * What a text finds.
     *
     * @param which how the text means the lists, as the verb of a message
     * @param lists the lists; none, one or several
     */
    private record Found(String which, List<NamedList> lists) {}

    private Found search(String text) {
        String typed = typed(text);
        String words = FoldedName.words(text);
        String id = id(text);
        Stream<Supplier<Found>> ways = Stream.of(
                () -> all("are called", list -> list.id().equals(id)),
                () -> all(
                        "are called",
                        list -> typed(list.id()).equals(typed(id))
                                || typed(list.key()).equals(typed)),
                () -> all("are called", list -> typed(list.name()).equals(typed)),
                () -> all("are called", list -> isCalled(list.name(), words)),
                () -> all(
                        "have the alias",
                        list -> list.label().aliases().stream()
                                .anyMatch(alias -> typed(alias).equals(typed) || isCalled(alias, words))),
                () -> new Found("are of the market", ofMarket(words)),
                () -> all("begin with", list -> begins(list, words)));
        return typed.isEmpty()
                ? new Found("", List.of())
                : ways.map(Supplier::get)
                        .filter(found -> !found.lists.isEmpty())
                        .findFirst()
                        .orElse(new Found("", List.of()));
    }

    private Found all(String which, Predicate<NamedList> wanted) {
        return new Found(which, lists.stream().filter(wanted).toList());
    }

    private static boolean isCalled(String name, String words) {
        return !words.isEmpty() && FoldedName.words(name).equals(words);
    }

    /** A market's name or code, and before or behind it words of the list that is meant. Long names go before short ones. */
    private List<NamedList> ofMarket(String words) {
        List<String> all = List.of(words.split("[ ]"));
        for (int length = all.size(); length > 0; length--) {
            for (int from = 0; from + length <= all.size(); from++) {
                Market market = Market.of(String.join(" ", all.subList(from, from + length)));
                List<String> left = new ArrayList<>(all.subList(0, from));
                left.addAll(all.subList(from + length, all.size()));
                List<NamedList> found = market == null ? List.of() : ofMarket(market, left);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private List<NamedList> ofMarket(Market market, List<String> words) {
        return lists.stream()
                .filter(list ->
                        market.equals(list.label().market()) && wordsOf(list).containsAll(words))
                .toList();
    }

    /** What tells lists of one market apart. */
    private static Set<String> wordsOf(NamedList list) {
        return Stream.of(
                        list.name(),
                        list.id(),
                        list.label().period(),
                        list.label().group(),
                        list.source())
                .filter(Objects::nonNull)
                .flatMap(text -> Stream.of(FoldedName.words(text).split("[ ]")))
                .collect(Collectors.toSet());
    }

    private static boolean begins(NamedList list, String words) {
        Market market = list.label().market();
        return !words.isEmpty()
                && Stream.concat(
                                Stream.of(list.id(), list.name(), market == null ? "" : market.name()),
                                list.label().aliases().stream())
                        .anyMatch(name -> FoldedName.words(name).startsWith(words));
    }

    private ListNameException unknown(String text) {
        String wanted = typed(text);
        List<NamedList> nearest = lists.stream()
                .sorted(Comparator.comparingInt((NamedList list) -> distance(wanted, list))
                        .thenComparing(NamedList::name))
                .limit(NEAREST)
                .toList();
        String message =
                lists.size() > NEAREST ? "The nearest are " : lists.size() == 1 ? "There is only " : "There are ";
        return new ListNameException("No list is called '" + text + "'. " + message + described(nearest) + ".");
    }

    /** The lists as an enumeration for a message. */
    public static String described(List<NamedList> lists) {
        return lists.stream().limit(MOST_SHOWN).map(NamedList::described).collect(Collectors.joining(", "))
                + more(lists);
    }

    private static String more(List<NamedList> lists) {
        return lists.size() > MOST_SHOWN ? " and " + (lists.size() - MOST_SHOWN) + " more" : "";
    }

    /** How to name a list, and which it is. */
    private String choice(NamedList list) {
        ListLabel label = list.label();
        Market market = label.market();
        return Stream.concat(
                        Stream.of(
                                market == null ? "" : market.name().toLowerCase(Locale.ROOT),
                                market == null || label.period() == null
                                        ? ""
                                        : market.name().toLowerCase(Locale.ROOT) + " " + label.period(),
                                list.name()),
                        label.aliases().stream())
                .filter(text -> means(text, list))
                .findFirst()
                .map(name -> "'" + name + "' for " + list.described())
                .orElseGet(() -> "'" + list.key() + "' for " + list.name());
    }

    private boolean means(String text, NamedList list) {
        return search(text).lists.equals(List.of(list));
    }

    private static String id(String text) {
        try {
            return PlaylistRef.parse(text).id();
        } catch (IllegalArgumentException e) {
            return text.strip();
        }
    }

    /** Case, kinds of dashes and blanks make no other name. */
    private static String typed(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(DASHES.matcher(plain).replaceAll("-"))
                .replaceAll(" ")
                .strip();
    }

    private static int distance(String wanted, NamedList list) {
        return Math.min(distance(wanted, typed(list.name())), distance(wanted, typed(list.id())));
    }

    /** 0 if one text holds the other, else how many letters have to be added, left out or changed. */
    private static int distance(String wanted, String name) {
        if (!wanted.isEmpty() && name.contains(wanted)) {
            return 0;
        }
        int[] row = new int[name.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (wanted.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[name.length()];
    }
}

package dev.chartlake.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.trials.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListNameSearchTest {

    private static final NamedList NORWAY = builtIn("37i9dQZEVXbJvfa0Yxg7E7");
    private static final NamedList GLOBAL = builtIn("37i9dQZEVXbMDoHDwVN2tF");
    private static final NamedList GLOBAL_WEEKS = builtIn("37i9dQZEVXbNG2KDcFcKOF");
    private static final NamedList DENMARK =
            new NamedList("spotify-charts", ListLabels.BUILT_IN.of("regional-dk-weekly"), "Weekly Top Songs - Denmark");
    private static final NamedList MIX = given("4ChartLakeOfficeMix00A", "Büro – Mix", "Norway", "the office");
    private static final ListNameSearch ALL = new ListNameSearch(List.of(NORWAY, GLOBAL, GLOBAL_WEEKS, DENMARK, MIX));

    private static NamedList builtIn(String id) {
        ListLabel label = ListLabels.BUILT_IN.of(id);
        return new NamedList("spotify-web-api", label, label.name(null));
    }

    private static NamedList given(String id, String name, String... aliases) {
        return new NamedList(
                "spotify-web-api", new ListLabel(id, name, null, List.of(aliases), null, null, null), name);
    }

    @ParameterizedTest
    @CsvSource({
        "37i9dQZEVXbJvfa0Yxg7E7,Top 50 - Norway",
        "https://open.spotify.com/playlist/37i9dQZEVXbJvfa0Yxg7E7?si=1,Top 50 - Norway",
        "spotify-web-api/37i9dqzevxbjvfa0yxg7e7,Top 50 - Norway",
        "top 50 norway,Top 50 - Norway",
        "TOP 50 – NORWAY,Top 50 - Norway",
        "norway,Büro – Mix",
        "The Office,Büro – Mix",
        "buro mix,Büro – Mix",
        "no,Top 50 - Norway",
        "Norway daily,Top 50 - Norway",
        "weekly global,Top Songs - Global",
        "regional-DK-weekly,Weekly Top Songs - Denmark",
        "dk,Weekly Top Songs - Denmark",
        "denm,Weekly Top Songs - Denmark",
        "top 50 - no,Top 50 - Norway",
        "büro,Büro – Mix"
    })
    void aListIsFoundByWhatItIsCalled(String text, String name) {
        assertThat(ALL.named(text).name()).isEqualTo(name);
    }

    @Test
    void severalListsAreNamed() {
        assertThatThrownBy(() -> ALL.named("global"))
                .isInstanceOf(ListNameException.class)
                .hasMessage("2 lists are of the market 'global'. Name one of them: 'global daily' for Top 50 - Global"
                        + " (spotify-web-api/37i9dQZEVXbMDoHDwVN2tF), 'global weekly' for Top Songs - Global"
                        + " (spotify-web-api/37i9dQZEVXbNG2KDcFcKOF).");
        assertThatThrownBy(() -> ALL.named("top"))
                .hasMessageStartingWith("3 lists begin with 'top'. Name one of them: 'norway daily' for ");
        assertThatThrownBy(() -> ALL.named("sweden")).hasMessageStartingWith("No list is called 'sweden'. There are ");
        assertThatThrownBy(() -> ALL.named(" ")).hasMessageStartingWith("No list is called ' '.");
    }

    @Test
    void listsOfOneMarketAreToldApartByTheirWords() {
        List<NamedList> lists = new ArrayList<>(List.of(NORWAY));
        for (String chart : List.of("regional-no-daily", "regional-no-weekly", "viral-no-daily")) {
            ListLabel label = ListLabels.BUILT_IN.of(chart);
            lists.add(new NamedList("spotify-charts", label, label.name(null)));
        }
        ListNameSearch search = new ListNameSearch(lists);
        assertThat(search.named("norway weekly").id()).isEqualTo("regional-no-weekly");
        assertThat(search.named("viral NO").id()).isEqualTo("viral-no-daily");
        assertThat(search.named("norway daily regional").id()).isEqualTo("regional-no-daily");
        assertThat(search.named("norway 50")).isEqualTo(NORWAY);
        assertThat(failure(search, "norway"))
                .isEqualTo("4 lists are of the market 'norway'. Name one of them: 'Top 50 - Norway' for Top 50 - Norway"
                        + " (spotify-web-api/37i9dQZEVXbJvfa0Yxg7E7), 'Daily Top Songs - Norway' for Daily Top Songs -"
                        + " Norway (spotify-charts/regional-no-daily), 'norway weekly' for Weekly Top Songs - Norway"
                        + " (spotify-charts/regional-no-weekly), 'Daily Viral Songs - Norway' for Daily Viral Songs -"
                        + " Norway (spotify-charts/viral-no-daily).");
        assertThat(failure(search, "norway daily")).startsWith("3 lists are of the market 'norway daily'. Name one");
        assertThat(failure(search, "norway rock")).startsWith("No list is called 'norway rock'.");
    }

    @Test
    void whatAMessageOffersIsUnderstood() {
        Seeded.run(100, random -> {
            List<NamedList> lists = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(6); i++) {
                lists.add(
                        random.nextBoolean()
                                ? given("4ChartLakeRandomList0" + i, name(random), name(random))
                                : builtIn(ListLabels.BUILT_IN
                                        .named()
                                        .get(random.nextInt(120))
                                        .id()));
            }
            ListNameSearch search = new ListNameSearch(lists.stream().distinct().toList());
            for (NamedList list : lists) {
                String message = String.valueOf(failure(search, list.name()));
                Matcher offered = Pattern.compile("'([^']*)' for ").matcher(message);
                while (offered.find()) {
                    assertThat(search.find(offered.group(1))).as(message).isPresent();
                }
            }
        });
    }

    @Test
    void anExactNameGoesBeforeAllThatBeginWithIt() {
        Seeded.run(200, random -> {
            List<NamedList> lists = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                lists.add(given("4ChartLakeRandomList0" + i, name(random), name(random)));
            }
            ListNameSearch search = new ListNameSearch(lists);
            for (NamedList list : lists) {
                assertThat(search.named(list.id())).isEqualTo(list);
                assertThat(search.named(list.key())).isEqualTo(list);
                long same = lists.stream()
                        .filter(other -> FoldedName.words(other.name()).equals(FoldedName.words(list.name())))
                        .count();
                String typed = list.name().toUpperCase(Locale.ROOT).replace(' ', '-');
                if (same == 1 && lists.stream().noneMatch(other -> other.id().equalsIgnoreCase(typed))) {
                    assertThat(search.named(typed)).isEqualTo(list);
                } else if (same > 1) {
                    assertThat(failure(search, typed)).contains("lists are called", list.key());
                }
            }
        });
    }

    private static @Nullable String failure(ListNameSearch search, String text) {
        try {
            return search.named(text).name();
        } catch (ListNameException e) {
            return e.getMessage();
        }
    }

    /** Of few words, so that names are beginnings of others, and the same. */
    private static String name(Random random) {
        List<String> words = List.of("top", "hits", "norsk", "øl", "mix");
        StringBuilder name = new StringBuilder(words.get(random.nextInt(words.size())));
        for (int i = random.nextInt(3); i > 0; i--) {
            name.append(' ').append(words.get(random.nextInt(words.size())));
        }
        return name.toString();
    }
}

package dev.chartlake.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTest {

    @ParameterizedTest
    @CsvSource({
        "norway,NO",
        "NO,NO",
        "uk,GB",
        "United Kingdom,GB",
        "Great  britain,GB",
        "USA,US",
        "Türkiye,TR",
        "turkey,TR",
        "Czechia,CZ",
        "czech republic,CZ",
        "hong-kong,HK",
        "Cote d'Ivoire,CI",
        "south korea,KR",
        "Korea,KR",
        "uae,AE",
        "Bosnia & Herzegovina,BA",
        "worldwide,GLOBAL",
        "Global,GLOBAL",
        "viet nam,VN",
        "Åland Islands,AX"
    })
    void marketsGoByCodeAndByTheirNames(String text, String code) {
        assertThat(Objects.requireNonNull(Market.of(text)).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "zz", "norge og sverige", "top 50", "n"})
    void otherTextsAreNoMarket(String text) {
        assertThat(Market.of(text)).isNull();
    }

    @Test
    void everyCountryHasOneMarketThatItsOwnNamesFind() {
        Set<String> names = new HashSet<>();
        for (Market market : Market.all()) {
            assertThat(names.add(FoldedName.words(market.name())))
                    .as(market.name())
                    .isTrue();
            assertThat(Market.of(market.name())).isEqualTo(market);
            assertThat(Market.of(market.code())).isEqualTo(market);
            assertThat(Market.ofRegion(market.region())).isEqualTo(market);
        }
        for (String code : Locale.getISOCountries()) {
            Market market = Objects.requireNonNull(Market.of(code), code);
            assertThat(Market.of(new Locale("", code).getDisplayCountry(Locale.ENGLISH)))
                    .as(code)
                    .isEqualTo(market);
        }
    }

    @Test
    void spotifysChartPlaylistsHaveNamesMarketsAndPeriods() {
        ListLabel norway = ListLabels.BUILT_IN.of("37i9dQZEVXbJvfa0Yxg7E7");
        assertThat(norway.name(null)).isEqualTo("Top 50 - Norway");
        assertThat(norway.name("Topp 50")).isEqualTo("Topp 50");
        assertThat(norway.market()).isEqualTo(Market.of("no"));
        assertThat(norway.period()).isEqualTo("daily");
        assertThat(ListLabels.BUILT_IN.of("37i9dQZEVXbNG2KDcFcKOF").name(null)).isEqualTo("Top Songs - Global");
        assertThat(ListLabels.BUILT_IN.of("regional-gb-weekly").name(" "))
                .isEqualTo("Weekly Top Songs - United Kingdom");
        assertThat(ListLabels.BUILT_IN.of("viral-global-daily").name(null)).isEqualTo("Daily Viral Songs - Global");
        ListLabel city = ListLabels.BUILT_IN.of("city-oslo-weekly");
        assertThat(city.name(null)).isEqualTo("city-oslo-weekly");
        assertThat(city.market()).isNull();
        assertThat(city.period()).isEqualTo("weekly");
    }
}

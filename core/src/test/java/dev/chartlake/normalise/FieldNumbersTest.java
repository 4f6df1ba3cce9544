package dev.chartlake.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The constants that readers use for fields are the places of the names that they are called by. */
class FieldNumbersTest {

    private static final String NAMES = "NAMES";

    private static String letters(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.ApiFields", "charts.ChartFields", "document.DocumentFields", "account.AccountFields"})
    void aConstantIsThePlaceOfItsName(String holder) throws Exception {
        Class<?>[] objects = Class.forName("dev.chartlake.normalise." + holder).getDeclaredClasses();
        assertThat(objects).isNotEmpty();
        for (Class<?> object : objects) {
            Field all = object.getDeclaredField(NAMES);
            all.setAccessible(true);
            String[] names = (String[]) all.get(null);
            TreeSet<Integer> places = new TreeSet<>();
            for (Field constant : object.getDeclaredFields()) {
                if (constant.getType() == int.class) {
                    constant.setAccessible(true);
                    int place = constant.getInt(null);
                    assertThat(letters(names[place]))
                            .as("%s of %s", constant.getName(), object.getSimpleName())
                            .isEqualTo(letters(constant.getName()));
                    places.add(place);
                }
            }
            assertThat(places).as(object.getSimpleName()).hasSameSizeAs(names);
            assertThat(Arrays.asList(names)).as(object.getSimpleName()).doesNotHaveDuplicates();
        }
    }
}

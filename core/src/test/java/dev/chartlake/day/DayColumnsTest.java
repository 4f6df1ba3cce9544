package dev.chartlake.day;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.model.Table;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The constants for columns are the places of the columns that they are called by. */
class DayColumnsTest {

    private static void assertPlaces(Class<?> columns, Table table) throws IllegalAccessException {
        assertThat(columns.getDeclaredFields()).isNotEmpty();
        for (Field constant : columns.getDeclaredFields()) {
            if (!constant.getName().equals("ID") && !constant.getName().equals("OWNER")) {
                constant.setAccessible(true);
                assertThat(table.columns().get(constant.getInt(null)).name())
                        .as("%s of %s", constant.getName(), table)
                        .isEqualTo(constant.getName().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Test
    void aConstantIsThePlaceOfItsColumn() throws Exception {
        Map<Class<?>, Table> all = Map.of(
                DayColumns.PlaylistColumn.class, Table.PLAYLISTS,
                DayColumns.EntryColumn.class, Table.PLAYLIST_ENTRIES,
                DayColumns.SongColumn.class, Table.SONGS,
                DayColumns.AlbumColumn.class, Table.ALBUMS,
                DayColumns.ArtistColumn.class, Table.ARTISTS);
        for (Map.Entry<Class<?>, Table> each : all.entrySet()) {
            assertPlaces(each.getKey(), each.getValue());
        }
        for (Table table : new Table[] {Table.SONGS, Table.ALBUMS, Table.ARTISTS}) {
            assertPlaces(DayColumns.CatalogueColumn.class, table);
            assertThat(table.key()).hasSize(1);
        }
        for (Table table : new Table[] {Table.SONG_ARTISTS, Table.ALBUM_ARTISTS}) {
            assertPlaces(DayColumns.CreditColumn.class, table);
        }
    }
}

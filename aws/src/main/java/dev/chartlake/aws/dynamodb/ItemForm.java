package dev.chartlake.aws.dynamodb;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The form of the values that pipelines write in different ways, so that the readers of existing tables can go on.
 *
 * @param keys the key of a playlist
 * @param urls the addresses of playlists, albums and artists
 */
public record ItemForm(Keys keys, Urls urls) {

    /** The form if nothing else is set. */
    public static final ItemForm DEFAULT = new ItemForm(Keys.URI, Urls.PAGE);

    private static final String PLAYLIST = "spotify:playlist:";
    private static final String API = "https://api.spotify.com/v1/";
    private static final String WEB_API = "spotify-web-api";

    /** What {@code playlist_uri} holds. */
    public enum Keys {
        /** {@code spotify:playlist:ID}. */
        URI,
        /** The bare id. */
        ID
    }

    /** What {@code playlist_url}, {@code album_url} and {@code artist_url} hold. */
    public enum Urls {
        /** The page that people can open. */
        PAGE,
        /** The address in the Web API. */
        API
    }

    /** Reads both settings, of which an empty one means the default; refuses other values with those that exist. */
    public static ItemForm of(String keys, String urls) throws WarehouseException {
        return new ItemForm(
                value("keys", keys, Keys.class, DEFAULT.keys), value("urls", urls, Urls.class, DEFAULT.urls));
    }

    private static <E extends Enum<E>> E value(String setting, String text, Class<E> values, E otherwise)
            throws WarehouseException {
        if (text.isEmpty()) {
            return otherwise;
        }
        for (E value : values.getEnumConstants()) {
            if (name(value).equals(text)) {
                return value;
            }
        }
        throw new WarehouseException(
                Kind.CONFIGURATION,
                "load.dynamodb." + setting + " is '" + text + "'. There are: "
                        + String.join(
                                ", ",
                                Arrays.stream(values.getEnumConstants())
                                        .map(ItemForm::name)
                                        .toList())
                        + ".",
                null);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The key of a list. A chart of files has no URI of Spotify's, so its source takes the place of one in every form. */
    String playlistKey(String source, String id) {
        if (!source.equals(WEB_API)) {
            return source + ":" + id;
        }
        return keys == Keys.ID ? id : PLAYLIST + id;
    }

    /** The key that the same list has in the other form; empty if it has none. */
    Optional<String> otherKey(String key) {
        if (key.startsWith(PLAYLIST)) {
            return Optional.of(key.substring(PLAYLIST.length()));
        }
        return isChart(key) ? Optional.empty() : Optional.of(PLAYLIST + key);
    }

    /** Ids of Spotify's have no colon. */
    private static boolean isChart(String key) {
        return key.contains(":") && !key.startsWith(PLAYLIST);
    }

    /** The address of a list; {@code page} is that of its page, which is null if it is unknown. */
    @Nullable Object playlistUrl(String source, String id, @Nullable Object page) {
        return source.equals(WEB_API) ? url("playlists", id, page) : page;
    }

    @Nullable Object albumUrl(String id, @Nullable Object page) {
        return url("albums", id, page);
    }

    @Nullable Object artistUrl(String id, @Nullable Object page) {
        return url("artists", id, page);
    }

    private @Nullable Object url(String kind, String id, @Nullable Object page) {
        return urls == Urls.API ? API + kind + "/" + id : page;
    }

    /** Refuses an item that a load wrote with addresses of the other form. Items without times come from elsewhere. */
    void requireUrl(ItemTable table, String key, Map<String, AttributeValue> item) throws WarehouseException {
        for (String name : table.fields()) {
            AttributeValue url = name.endsWith("_url") ? item.get(name) : null;
            if (url != null
                    && url.s() != null
                    && isLoaded(item, name)
                    && !isChart(key)
                    && url.s().startsWith(API) != (urls == Urls.API)) {
                throw mixed(table.table() + " " + key + " has the " + name + " " + url.s());
            }
        }
    }

    /** Refuses a playlist that a load wrote with a key of the other form. */
    void requireKey(String key, Map<String, AttributeValue> item) throws WarehouseException {
        if (item.containsKey(ItemTable.OBSERVED_AT)) {
            throw mixed("playlist_table has the key " + key);
        }
    }

    private static boolean isLoaded(Map<String, AttributeValue> item, String name) {
        AttributeValue times = item.get(ItemTable.FIELD_OBSERVED_AT);
        AttributeValue own = times == null || !times.hasM() ? null : times.m().get(name);
        return item.containsKey(ItemTable.OBSERVED_AT) && (own == null || !Merge.UNKNOWN.equals(own.s()));
    }

    /** The message for tables that hold what {@code found} says. */
    WarehouseException mixed(String found) {
        return new WarehouseException(
                Kind.CONFIGURATION,
                "The DynamoDB tables were loaded in another form: " + found + ", but this load writes " + this
                        + ". Set load.dynamodb.keys and load.dynamodb.urls as they were, or load other tables:"
                        + " another prefix, or these deleted and made again.",
                null);
    }

    @Override
    public String toString() {
        return "keys: " + name(keys) + ", urls: " + name(urls);
    }
}

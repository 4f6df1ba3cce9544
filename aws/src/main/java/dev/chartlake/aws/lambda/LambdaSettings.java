package dev.chartlake.aws.lambda;

import dev.chartlake.format.TableFormat;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.spotify.auth.Grant;
import dev.chartlake.spotify.auth.Grants;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TableFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function's environment says. Every method throws {@link IllegalArgumentException} with a message for the user
 * where it is wrong.
 *
 * @param environment the environment variables
 */
record LambdaSettings(Map<String, String> environment) {

    static final String LAKE = "CHARTLAKE_LAKE";
    static final String LISTS = "CHARTLAKE_LISTS";
    static final String FORMAT = "CHARTLAKE_FORMAT";
    static final String SECRET = "CHARTLAKE_SECRET_ARN";
    static final String HTTP_TOKEN = "CHARTLAKE_HTTP_TOKEN";

    /** The object that names the lists when the environment, which has room for 4 KB, does not. */
    static final String LISTS_KEY = "_chartlake/lists.txt";

    LakeAddress lake() {
        return LakeAddress.parse(value(LAKE).orElse(""));
    }

    TableFormat format() {
        String name = value(FORMAT).orElse(TableFormats.USUAL);
        return TableFormats.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        FORMAT + " is '" + name + "'. There are: " + TableFormats.NAMES + "."));
    }

    /** The ARN or name of the secret; empty if there is none. */
    Optional<String> secret() {
        return value(SECRET);
    }

    /** The warehouse that {@link LoadFunction} loads. */
    String warehouse() {
        return value(LoadFunction.WAREHOUSE).orElse("dynamodb");
    }

    /** The same, with what the secret holds in the place of variables. */
    LambdaSettings with(Map<String, String> secret) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(secret);
        return new LambdaSettings(all);
    }

    SpotifyAccess spotify() {
        return new SpotifySettings(environment).access();
    }

    /** Where limits of the app are kept: functions have no folder that lasts, so in the lake. */
    AppFolder app(ObjectStore lake) {
        return AppFolder.inLake(lake, spotify(), new SpotifySettings(environment).developer());
    }

    /** As whom: a user if the environment has a refresh token, else the app. */
    Grant grant() {
        return Grants.of(new SpotifySettings(environment), spotify());
    }

    /** What shows that a request may be served; empty if no token does. */
    Optional<String> httpToken() {
        return value(HTTP_TOKEN);
    }

    /** The configured lists. Throws {@link IOException} when the lake cannot be read. */
    WantedLists lists(ObjectStore store) throws IOException {
        List<String> texts = new ArrayList<>();
        Optional<String> set = value(LISTS);
        String where = set.isPresent() ? LISTS : store.name() + "/" + LISTS_KEY;
        String text = set.isPresent()
                ? set.get()
                : store.read(LISTS_KEY)
                        .map(object -> new String(object.bytes(), StandardCharsets.UTF_8))
                        .orElse("");
        for (String line : text.split("\\R")) {
            String content = line.strip().startsWith("#") ? "" : line.replaceFirst("\\s#.*", "");
            for (String word : content.split("[\\s,]+")) {
                if (!word.isEmpty()) {
                    texts.add(word);
                }
            }
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("No list to extract: " + LISTS + " is not set, and " + where
                    + " names none. Set the one, or write the other with a list on each line.");
        }
        return parse(texts);
    }

    /** Reads references to lists. Throws {@link IllegalArgumentException} if none of them names a playlist. */
    static WantedLists parse(List<String> texts) {
        WantedLists wanted = WantedLists.parse(new LinkedHashSet<>(texts), name -> Optional.empty());
        if (wanted.lists().isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", wanted.reasons()));
        }
        return wanted;
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }
}

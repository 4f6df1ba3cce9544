package dev.chartlake.spotify.limits;

import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.store.ObjectStore;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where what is known of an app is kept from one run to the next. Limits belong to the app or its developer account,
 * whichever lake is asked for; so a machine keeps them outside its lakes. Only where no folder lasts, as in a function,
 * are they in the lake.
 *
 * @param store where
 * @param app what keys of the app alone begin with; ends with a slash
 * @param developer what keys begin with that all apps of the developer account share; ends with a slash
 */
public record AppFolder(ObjectStore store, String app, String developer) {

    /** What keys begin with in a lake. */
    static final String IN_LAKE = "_chartlake/apps/";

    /** What keys begin with in a folder that all lakes of a machine share. */
    static final String ON_MACHINE = "apps/";

    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._-]");

    /** The app of {@code access}, which {@code developer} owns, in the lake itself. */
    public static AppFolder inLake(ObjectStore lake, SpotifyAccess access, String developer) {
        return of(lake, IN_LAKE, access, developer);
    }

    /** The same in a folder of the machine that all its lakes share. */
    public static AppFolder onMachine(ObjectStore folder, SpotifyAccess access, String developer) {
        return of(folder, ON_MACHINE, access, developer);
    }

    private static AppFolder of(ObjectStore store, String prefix, SpotifyAccess access, String developer) {
        String server = server(prefix, access.apiUrl());
        return new AppFolder(
                store,
                server + "app-" + segment(access.clientId()) + "/",
                server + "developer-" + segment(developer) + "/");
    }

    /** What the keys of all apps at one address of the Web API begin with. */
    static String server(String prefix, URI api) {
        return prefix + segment(api.getPort() < 0 ? api.getHost() : api.getHost() + "-" + api.getPort()) + "/";
    }

    private static String segment(String text) {
        return ODD.matcher(text).replaceAll("_");
    }
}

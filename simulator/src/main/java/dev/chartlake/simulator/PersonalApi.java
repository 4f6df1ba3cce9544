package dev.chartlake.simulator;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.answer.Listing;
import dev.chartlake.simulator.answer.Lists;
import dev.chartlake.simulator.answer.PersonalJson;
import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.world.Row;
import dev.chartlake.simulator.world.Users;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The endpoints of the signed-in user, below {@code /v1/me}. */
final class PersonalApi {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST = 50;

    /** What each endpoint asks the user to have allowed; "" for nothing. */
    private static final Map<String, String> SCOPES = Map.of(
            "/v1/me", "",
            "/v1/me/playlists", "playlist-read-private",
            "/v1/me/tracks", "user-library-read",
            "/v1/me/top/tracks", "user-top-read",
            "/v1/me/top/artists", "user-top-read",
            "/v1/me/player/recently-played", "user-read-recently-played");

    private final Dialect dialect;
    private final Lists lists;
    private final Faults faults;
    private volatile @Nullable Instant playedUntil;

    PersonalApi(Dialect dialect, Lists lists, Faults faults) {
        this.dialect = dialect;
        this.lists = lists;
        this.faults = faults;
    }

    /** Until when users have played; null for noon of the day. */
    void playUntil(@Nullable Instant until) {
        playedUntil = until;
    }

    private Instant playedUntil(LocalDate day) {
        Instant until = playedUntil;
        return until == null ? day.atTime(12, 0).toInstant(ZoneOffset.UTC) : until;
    }

    static boolean serves(String path) {
        return SCOPES.containsKey(path);
    }

    HttpAnswer answer(HttpRequest request, Session session, LocalDate day, String base) {
        String user = session.user();
        if (user == null) {
            return HttpAnswer.error(401, "Valid user authentication required");
        }
        String scope = SCOPES.getOrDefault(request.path(), "");
        if (!scope.isEmpty() && !session.may(scope)) {
            return HttpAnswer.error(403, "Insufficient client scope");
        }
        String range = request.parameters().getOrDefault("time_range", "medium_term");
        String address = base + request.path().substring("/v1".length());
        return switch (request.path()) {
            case "/v1/me" -> json(json -> PersonalJson.me(json, user, dialect));
            case "/v1/me/playlists" -> {
                List<String> library = Users.library(user);
                yield page(
                        request, address, library.size(), (json, index) -> list(json, library.get(index), day, base));
            }
            case "/v1/me/tracks" -> {
                List<Row> saved = lists.saved(user, day);
                boolean market = request.parameters().containsKey("market");
                yield page(
                        request,
                        address,
                        saved.size(),
                        (json, index) -> PersonalJson.saved(json, saved.get(index), dialect, market));
            }
            case "/v1/me/top/tracks", "/v1/me/top/artists" ->
                List.of("short_term", "medium_term", "long_term").contains(range)
                        ? top(request, address, lists.top(user, range, day))
                        : HttpAnswer.error(400, "Invalid time range");
            default -> played(request, address, lists.plays(user, playedUntil(day)));
        };
    }

    HttpAnswer images(Listing listing) {
        return json(json -> PersonalJson.images(json, listing));
    }

    /** A list of Spotify's own, which this app may not have, is null. */
    private void list(JsonGenerator json, String id, LocalDate day, String base) {
        Listing listing = id.startsWith("37i9") && dialect.modern() ? null : lists.find(id, day, faults.edits(id));
        PersonalJson.summary(json, listing, dialect, base + "/playlists/" + id);
    }

    private HttpAnswer top(HttpRequest request, String address, List<Row.Track> songs) {
        if (request.path().endsWith("tracks")) {
            return page(
                    request,
                    address,
                    songs.size(),
                    (json, index) -> PersonalJson.song(json, songs.get(index), dialect));
        }
        List<Row.Track> artists = PersonalJson.ofDifferentArtists(songs);
        return page(
                request,
                address,
                artists.size(),
                (json, index) -> PersonalJson.artist(json, artists.get(index), dialect));
    }

    /** Writes the row of an index. */
    private interface Rows {
        void write(JsonGenerator json, int index);
    }

    private HttpAnswer page(HttpRequest request, String address, int total, Rows rows) {
        int limit = number(request, "limit", 20);
        int offset = number(request, "offset", 0);
        if (limit < 1 || limit > MOST) {
            return HttpAnswer.error(400, "Invalid limit");
        }
        if (offset < 0) {
            return HttpAnswer.error(400, "Invalid offset");
        }
        String range = request.parameters().get("time_range");
        String more = range == null ? "" : "&time_range=" + range;
        int end = Math.min(offset + limit, total);
        return json(json -> {
            json.writeStartObject();
            json.writeStringProperty("href", link(address, offset, limit, more));
            json.writeArrayPropertyStart("items");
            for (int index = offset; index < end; index++) {
                rows.write(json, index);
            }
            json.writeEndArray();
            json.writeNumberProperty("limit", limit);
            PersonalJson.string(json, "next", end < total ? link(address, end, limit, more) : null);
            json.writeNumberProperty("offset", offset);
            PersonalJson.string(
                    json, "previous", offset > 0 ? link(address, Math.max(0, offset - limit), limit, more) : null);
            json.writeNumberProperty("total", total);
            json.writeEndObject();
        });
    }

    private static String link(String address, int offset, int limit, String more) {
        return address + "?offset=" + offset + "&limit=" + limit + more;
    }

    /** The plays after or before a cursor, the newest first; a page has no total. */
    private HttpAnswer played(HttpRequest request, String address, List<Row> plays) {
        int limit = number(request, "limit", 20);
        @Nullable Long after = cursor(request, "after");
        @Nullable Long before = cursor(request, "before");
        if (limit < 1 || limit > MOST) {
            return HttpAnswer.error(400, "Invalid limit");
        }
        if (after != null && before != null) {
            return HttpAnswer.error(400, "Only one of after and before can be specified");
        }
        if (after != null && after < 0 || before != null && before < 0) {
            return HttpAnswer.error(400, "Invalid cursor");
        }
        List<Row> all = plays.stream()
                .filter(play -> (after == null || millis(play) > after) && (before == null || millis(play) < before))
                .toList();
        List<Row> some = all.subList(0, Math.min(limit, all.size()));
        String oldest = some.isEmpty() ? null : Long.toString(millis(some.get(some.size() - 1)));
        String newest = some.isEmpty() ? null : Long.toString(millis(some.get(0)));
        return json(json -> {
            json.writeStartObject();
            json.writeStringProperty("href", address + "?limit=" + limit);
            json.writeArrayPropertyStart("items");
            some.forEach(play -> PersonalJson.played(json, play, dialect));
            json.writeEndArray();
            json.writeNumberProperty("limit", limit);
            boolean goesOn = some.size() < all.size();
            PersonalJson.string(json, "next", goesOn ? address + "?before=" + oldest + "&limit=" + limit : null);
            if (newest == null) {
                json.writeNullProperty("cursors");
            } else {
                json.writeObjectPropertyStart("cursors");
                json.writeStringProperty("after", newest);
                PersonalJson.string(json, "before", oldest);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static long millis(Row play) {
        return Instant.parse(Objects.requireNonNull(play.addedAt())).toEpochMilli();
    }

    /** A cursor in milliseconds; null if there is none, -1 when it is not a number. */
    private static @Nullable Long cursor(HttpRequest request, String name) {
        String text = request.parameters().get(name);
        return text == null ? null : Long.valueOf(text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1);
    }

    /** A parameter as a number; -1 when it is not one, which is never a valid value. */
    private static int number(HttpRequest request, String name, int otherwise) {
        String text = request.parameters().get(name);
        if (text == null) {
            return otherwise;
        }
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    private static HttpAnswer json(Consumer<JsonGenerator> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writing.accept(json);
        }
        return HttpAnswer.json(200, bytes.toByteArray());
    }
}

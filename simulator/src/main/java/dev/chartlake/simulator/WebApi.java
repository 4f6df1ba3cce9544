package dev.chartlake.simulator;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.answer.FieldFilter;
import dev.chartlake.simulator.answer.ItemJson;
import dev.chartlake.simulator.answer.Listing;
import dev.chartlake.simulator.answer.Lists;
import dev.chartlake.simulator.answer.Recordings;
import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.world.World;
import dev.chartlake.simulator.world.WorldLists;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The playlist endpoints of the Web API; {@link PersonalApi} has the others. */
final class WebApi {

    private static final Pattern PLAYLIST = Pattern.compile("/v1/playlists/([^/]+)(?:/(tracks|items|images))?");
    private static final int EMBEDDED = 100;
    /** Without the mapper, which takes a third of a second to come up. */
    private static final JsonFactory JSON = new JsonFactory();

    private final Dialect dialect;
    private final Lists lists;
    private final @Nullable Recordings recordings;
    private final Faults faults;
    private final boolean exact;
    private final PersonalApi personal;

    WebApi(SimulatorOptions options, Faults faults) {
        this.dialect = options.dialect();
        this.lists = new Lists(new World(options.seed()));
        this.recordings = options.recordings() == null ? null : new Recordings(options.recordings());
        this.faults = faults;
        this.exact = options.exact();
        this.personal = new PersonalApi(dialect, lists, faults);
    }

    /** Until when users have played; null for noon of the day. */
    void playUntil(@Nullable Instant until) {
        personal.playUntil(until);
    }

    /** Answers a request that has a good token, as of a day. {@code base} is this server's address up to {@code /v1}. */
    HttpAnswer answer(HttpRequest request, Session session, LocalDate day, String base) {
        Matcher matcher = PLAYLIST.matcher(request.path());
        boolean me = PersonalApi.serves(request.path());
        if (!matcher.matches() && !me) {
            return HttpAnswer.error(404, "Service not found");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.error(405, "Method not allowed");
        }
        return me ? personal.answer(request, session, day, base) : playlist(request, matcher, session, day, base);
    }

    private HttpAnswer playlist(HttpRequest request, Matcher matcher, Session session, LocalDate day, String base) {
        String id = matcher.group(1);
        String endpoint = matcher.group(2);
        if (!id.matches("[0-9A-Za-z]{22}")) {
            return HttpAnswer.error(400, "Invalid base62 id");
        }
        if ("tracks".equals(endpoint) && !dialect.old()) {
            return HttpAnswer.error(403, "Forbidden");
        }
        Listing listing;
        if (recordings != null) {
            listing = recordings.find(id, day);
        } else if (id.equals(WorldLists.REFUSED)) {
            return HttpAnswer.error(403, "Forbidden");
        } else {
            String known = exact && id.equals(WorldLists.SPOTIFYS_TOP_WORLD) ? WorldLists.TOP_WORLD : id;
            listing = id.startsWith("37i9") && dialect.modern() ? null : lists.find(known, day, faults.edits(id));
        }
        if (listing == null) {
            return HttpAnswer.error(404, "Resource not found");
        }
        if (exact && !listing.isPublic()) {
            if (!listing.isOf(session.user())) {
                return HttpAnswer.error(404, "Resource not found");
            }
            if (!session.may("playlist-read-private")) {
                return HttpAnswer.error(403, "Insufficient client scope");
            }
        }
        if ("images".equals(endpoint)) {
            return personal.images(listing);
        }
        boolean visible = dialect.old() || (exact ? listing.isOf(session.user()) : listing.owned());
        @Nullable FieldFilter fields;
        try {
            fields = filter(request.parameters().getOrDefault("fields", ""));
        } catch (IllegalArgumentException e) {
            return HttpAnswer.error(400, String.valueOf(e.getMessage()));
        }
        return new Reading(request, base + "/playlists/" + id, id, listing, visible, fields).answer(endpoint);
    }

    /** One request for one list. */
    private final class Reading {
        private final HttpRequest request;
        private final Map<String, String> parameters;
        private final String address;
        private final String id;
        private final Listing listing;
        private final boolean visible;
        private final @Nullable FieldFilter fields;

        Reading(
                HttpRequest request,
                String address,
                String id,
                Listing listing,
                boolean visible,
                @Nullable FieldFilter fields) {
            this.request = request;
            this.parameters = request.parameters();
            this.address = address;
            this.id = id;
            this.listing = listing;
            this.visible = visible;
            this.fields = fields;
        }

        HttpAnswer answer(@Nullable String endpoint) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
            if (endpoint == null) {
                try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                    playlist(json);
                }
                return answer(bytes);
            }
            int most = most(endpoint);
            int limit = number("limit", endpoint.equals("tracks") ? most : 20);
            int offset = number("offset", 0);
            if (limit < 1 || limit > most) {
                return HttpAnswer.error(400, "Invalid limit");
            }
            if (offset < 0) {
                return HttpAnswer.error(400, "Invalid offset");
            }
            if (!visible) {
                return HttpAnswer.error(403, "Forbidden");
            }
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                json.writeStartObject();
                page(json, endpoint, offset, limit, faults.nullEvery(request));
                json.writeEndObject();
            }
            faults.pageRead(request, id);
            return answer(bytes);
        }

        private HttpAnswer answer(ByteArrayOutputStream bytes) {
            byte[] all = bytes.toByteArray();
            return HttpAnswer.json(200, fields == null ? all : fields.apply(all));
        }

        private boolean wants(String property) {
            return fields == null || fields.keeps(property);
        }

        private void playlist(JsonGenerator json) {
            boolean tracks = dialect.old() && wants("tracks");
            boolean items = dialect.modern() && visible && wants("items");
            int nullEvery = tracks || items ? faults.nullEvery(request) : 0;
            String query = echoed();
            json.writeStartObject();
            listing.head(json, dialect, address + (query.isEmpty() ? "" : "?" + query.substring(1)));
            if (tracks) {
                json.writeObjectPropertyStart("tracks");
                page(json, "tracks", 0, EMBEDDED, nullEvery);
                json.writeEndObject();
            }
            if (items) {
                json.writeObjectPropertyStart("items");
                page(json, "items", 0, EMBEDDED, nullEvery);
                json.writeEndObject();
            }
            json.writeStringProperty("type", "playlist");
            json.writeStringProperty("uri", "spotify:playlist:" + id);
            json.writeEndObject();
            if (tracks || items) {
                faults.pageRead(request, id);
            }
        }

        private void page(JsonGenerator json, String endpoint, int offset, int limit, int nullEvery) {
            int total = listing.total();
            long end = (long) offset + limit;
            json.writeStringProperty("href", link(endpoint, offset, limit));
            boolean episodes = List.of(
                            parameters.getOrDefault("additional_types", "").split(","))
                    .contains("episode");
            json.writeArrayPropertyStart("items");
            for (int index = offset; index < Math.min(end, total); index++) {
                boolean blank = nullEvery > 0 && (index + 1) % nullEvery == 0;
                listing.row(
                        json,
                        index,
                        new Listing.Style(rows(endpoint), episodes, parameters.containsKey("market"), blank));
            }
            json.writeEndArray();
            json.writeNumberProperty("limit", limit);
            // The embedded page may be larger than the endpoint serves; the links are for the endpoint.
            int step = Math.min(limit, most(endpoint));
            ItemJson.string(json, "next", end < total ? link(endpoint, (int) end, step) : null);
            json.writeNumberProperty("offset", offset);
            ItemJson.string(json, "previous", offset > 0 ? link(endpoint, Math.max(0, offset - step), step) : null);
            json.writeNumberProperty("total", total);
        }

        /** An app with extended quota has both endpoints; the newer one names the song in both ways. */
        private Dialect rows(String endpoint) {
            return dialect == Dialect.LEGACY && endpoint.equals("items") ? Dialect.TRANSITION : dialect;
        }

        private String link(String endpoint, int offset, int limit) {
            return address + "/" + endpoint + "?offset=" + offset + "&limit=" + limit + echoed();
        }

        /** The parameters of the request but for paging, each with an ampersand before it. */
        private String echoed() {
            StringBuilder query = new StringBuilder();
            parameters.forEach((name, value) -> {
                if (!name.equals("offset") && !name.equals("limit")) {
                    query.append('&').append(encoded(name)).append('=').append(encoded(value));
                }
            });
            return query.toString();
        }

        /** A parameter as a number; -1 when it is none, which is never a valid value. */
        private int number(String name, int otherwise) {
            String text = parameters.get(name);
            if (text == null) {
                return otherwise;
            }
            return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        }
    }

    private static int most(String endpoint) {
        return endpoint.equals("tracks") ? 100 : 50;
    }

    private static @Nullable FieldFilter filter(String fields) {
        return fields.isBlank() ? null : FieldFilter.parse(fields);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

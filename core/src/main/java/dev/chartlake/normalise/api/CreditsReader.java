package dev.chartlake.normalise.api;

import dev.chartlake.entry.Credits;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.api.ApiFields.ArtistField;
import dev.chartlake.text.Strings;

/** Reads the artists of songs and albums: as objects, or as their names alone. Used by one thread. */
final class CreditsReader {

    private final JsonScanner in;
    private final Values values;
    private final FieldOrder artist;

    CreditsReader(JsonScanner in, Values values) {
        this.in = in;
        this.values = values;
        artist = new FieldOrder(ArtistField.NAMES);
    }

    /** Knows what {@code other} has learned. */
    CreditsReader(JsonScanner in, Values values, CreditsReader other) {
        this.in = in;
        this.values = values;
        artist = other.artist.copy();
    }

    /** How artists are read. */
    FieldOrder artists() {
        return artist;
    }

    Credits read(Strings strings) throws JsonException {
        Credits.Builder builder = new Credits.Builder();
        if (in.peek() == '"') {
            builder.add(Strings.NULL, values.text("artists"), Strings.NULL);
            return builder.build(strings);
        }
        if (!values.array("artists")) {
            return Credits.NONE;
        }
        for (boolean first = true; in.element(first); first = false) {
            if (in.peek() == '"') {
                builder.add(Strings.NULL, values.text("artists"), Strings.NULL);
            } else {
                artist(builder);
            }
        }
        return builder.build(strings);
    }

    private void artist(Credits.Builder builder) throws JsonException {
        int id = Strings.NULL;
        int name = Strings.NULL;
        int url = Strings.NULL;
        int uri = -1;
        int href = -1;
        if (values.object("artists")) {
            for (int at = in.field(artist, FieldOrder.START); at != FieldOrder.END; at = in.field(artist, at)) {
                switch (artist.name(at)) {
                    case ArtistField.EXTERNAL_URLS -> url = values.link("artists.external_urls");
                    case ArtistField.ID -> id = values.id("artists.id");
                    case ArtistField.NAME -> name = values.text("artists.name");
                    case ArtistField.URI -> uri = values.placeOf();
                    case ArtistField.HREF -> href = values.placeOf();
                    case ArtistField.URL -> url = values.text("artists.url");
                    default -> in.skip();
                }
            }
            id = id == Strings.NULL ? values.idFrom(Texts.ARTIST, uri, url, href) : id;
        }
        builder.add(id, name, url);
    }
}

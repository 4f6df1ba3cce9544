package dev.chartlake.normalise.document;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.document.DocumentFields.FollowersField;
import dev.chartlake.normalise.document.DocumentFields.OwnerField;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what an answer says of the list itself: its owner, its followers, why it is refused. Used by one thread. */
public final class ListReader {

    private final JsonScanner in;
    private final Values values;
    private final FieldOrder owner = new FieldOrder(OwnerField.NAMES);
    private final FieldOrder total = new FieldOrder(FollowersField.NAMES);
    private final FieldOrder error = new FieldOrder("message");

    public ListReader(JsonScanner in, Values values) {
        this.in = in;
        this.values = values;
    }

    /** The id of a playlist, alone or in its URI or link; else null. */
    public static @Nullable String anyId(@Nullable String text) {
        return text != null && Texts.isId(text) ? text : id(text);
    }

    /** The id of a playlist in its URI or link; else null. */
    public static @Nullable String id(@Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int at = Texts.idIn(Texts.PLAYLIST, bytes, 0, bytes.length);
        return at < 0 ? null : new String(bytes, at, Texts.ID_LENGTH, StandardCharsets.UTF_8);
    }

    /** An owner has {@code id} and {@code display_name}, or {@code name} and {@code url} in the playlist archive. */
    public void owner(Snapshot to) throws JsonException {
        if (!values.object("owner")) {
            return;
        }
        for (int at = in.field(owner, FieldOrder.START); at != FieldOrder.END; at = in.field(owner, at)) {
            switch (owner.name(at)) {
                case OwnerField.ID -> to.ownerId = known(notEmpty(values.string("owner.id")), to.ownerId);
                case OwnerField.DISPLAY_NAME -> to.ownerName = known(values.string("owner.display_name"), to.ownerName);
                case OwnerField.NAME -> to.ownerName = known(to.ownerName, values.string("owner.name"));
                case OwnerField.URL -> to.ownerId = known(to.ownerId, user(values.string("owner.url")));
                default -> in.skip();
            }
        }
    }

    private static @Nullable String user(@Nullable String link) {
        int at = link == null ? -1 : link.indexOf("/user/");
        String id = link == null || at < 0 ? "" : link.substring(at + "/user/".length());
        int end = id.indexOf('?');
        return notEmpty(end < 0 ? id : id.substring(0, end));
    }

    /** The text, or null if it is empty. */
    public static @Nullable String notEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The newer one of two values, unless it is null. */
    public static @Nullable String known(@Nullable String now, @Nullable String before) {
        return now == null ? before : now;
    }

    /** Reads how many followers the list has, which is an object, into {@code to}. */
    public void followers(Snapshot to) throws JsonException {
        if (!values.object("followers")) {
            return;
        }
        for (int at = in.field(total, FieldOrder.START); at != FieldOrder.END; at = in.field(total, at)) {
            if (total.name(at) == FollowersField.TOTAL) {
                followers(to, "followers.total");
            } else {
                in.skip();
            }
        }
    }

    /** Reads the number of followers itself, from the field of this name. */
    public void followers(Snapshot to, String field) throws JsonException {
        long count = values.bigint(field);
        to.followers = count == Entry.NO_LONG ? to.followers : count;
    }

    /** Refuses the answer, unless the field with the error is null. */
    public void refused() throws JsonException {
        if (in.peek() == 'n') {
            in.skip();
            return;
        }
        long at = in.offset();
        String message = in.peek() == '{' ? values.string(values.only(error, "error")) : values.string("error");
        throw new JsonException("an error answer of Spotify" + (message == null ? "" : ": " + message), at);
    }
}

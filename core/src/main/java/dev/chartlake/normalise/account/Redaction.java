package dev.chartlake.normalise.account;

import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.document.FieldWalk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Replaces what identifies a person in objects of account exports by null. All other bytes stay. Used by one thread. */
public final class Redaction {

    /** Whether personal values stay in raw objects. No table has them in any case. */
    public enum Personal {
        /** They stay, as received. */
        KEPT,
        /** They are replaced by null before anything is archived. */
        REPLACED
    }

    /** The fields with personal values, and of playlists the names of other people. */
    private static final Set<String> FIELDS = Set.of(
            "ip_addr",
            "ip_addr_decrypted",
            "user_agent_decrypted",
            "username",
            "email",
            "emailAddress",
            "collaborators");

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonScanner in = new JsonScanner();
    private final FieldWalk fields = new FieldWalk(in);
    private long replaced;

    /** How many values have been replaced since {@link #start()}. */
    public long replaced() {
        return replaced;
    }

    /** Starts to count. */
    public void start() {
        replaced = 0;
    }

    /** The object, which is one, without personal values in its own fields. */
    public byte[] of(byte[] object) throws IOException {
        in.open(new ByteArrayInputStream(object));
        ByteArrayOutputStream out = new ByteArrayOutputStream(object.length);
        int copied = 0;
        in.peek();
        in.expect('{');
        for (String name = fields.next(true); name != null; name = fields.next(false)) {
            int from = (int) in.offset();
            boolean isNull = in.peek() == 'n';
            fields.skip();
            if (!isNull && FIELDS.contains(name)) {
                out.write(object, copied, from - copied);
                out.write(NULL);
                copied = (int) in.offset();
                replaced++;
            }
        }
        out.write(object, copied, object.length - copied);
        return out.toByteArray();
    }
}

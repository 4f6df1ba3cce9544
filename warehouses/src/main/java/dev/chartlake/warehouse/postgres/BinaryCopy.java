package dev.chartlake.warehouse.postgres;

import dev.chartlake.model.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows in the binary format of {@code COPY}, as the manual describes it: a header; for each row the number of its
 * fields and for each field its length and bytes, or the length -1 for null; the number -1 at the end.
 */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long FIRST_SECOND = LocalDate.of(2000, 1, 1).toEpochDay() * 86_400;
    private static final int BUFFER = 1 << 16;

    /** More than the length and value of any field but a text. */
    private static final int ROOM = 16;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    BinaryCopy(CopyIn copy) {
        this.copy = copy;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void row(int fields) throws SQLException {
        room();
        buffer.putShort((short) fields);
    }

    void field(ColumnType type, @Nullable Object value) throws SQLException {
        room();
        if (value == null) {
            buffer.putInt(-1);
            return;
        }
        switch (type) {
            case TEXT -> text((String) value);
            case INTEGER -> buffer.putInt(4).putInt((Integer) value);
            case BIGINT -> buffer.putInt(8).putLong((Long) value);
            case BOOLEAN -> buffer.putInt(1).put((byte) ((Boolean) value ? 1 : 0));
            case DATE -> buffer.putInt(4).putInt(Math.toIntExact(((LocalDate) value).toEpochDay() - FIRST_DAY));
            case TIMESTAMP -> buffer.putInt(8).putLong(micros((LocalDateTime) value));
        }
    }

    private static long micros(LocalDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC) - FIRST_SECOND, 1_000_000L),
                time.getNano() / 1000);
    }

    /** No text of Postgres holds a character 0: the character for what cannot be shown stands for it. */
    private void text(String value) throws SQLException {
        String text = value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(bytes.length);
        if (bytes.length > buffer.remaining()) {
            send();
        }
        if (bytes.length > buffer.remaining()) {
            copy.writeToCopy(bytes, 0, bytes.length);
        } else {
            buffer.put(bytes);
        }
    }

    private void room() throws SQLException {
        if (buffer.remaining() < ROOM) {
            send();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Ends the rows and returns how many the database took. */
    long end() throws SQLException {
        room();
        buffer.putShort((short) -1);
        send();
        return copy.endCopy();
    }
}

package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text in UTF-16, as spreadsheets save "Unicode text", read as UTF-8. A byte order mark becomes that of UTF-8. */
final class Utf16Input extends InputStream {

    private final Reader reader;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = {};
    private int at;
    private long read;
    private int kept;

    Utf16Input(InputStream file) throws IOException {
        byte[] start = file.readNBytes(2);
        boolean little = start.length > 1 && (start[0] == (byte) 0xff || start[1] == 0);
        reader = new InputStreamReader(
                new SequenceInputStream(new ByteArrayInputStream(start), file),
                (little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** True if a file starts with a byte order mark of UTF-16, or with an ASCII character in UTF-16. */
    static boolean startsLike(byte[] start, int length) {
        if (length < 2) {
            return false;
        }
        boolean mark = start[0] == (byte) 0xff && start[1] == (byte) 0xfe
                || start[0] == (byte) 0xfe && start[1] == (byte) 0xff;
        return mark || start[0] == 0 && start[1] > 0 || start[0] > 0 && start[1] == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (at == bytes.length && !load()) {
            return -1;
        }
        int size = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, offset, size);
        at += size;
        return size;
    }

    /** A first half of a character at the end of what was read waits for its second one. */
    private boolean load() throws IOException {
        int size;
        try {
            size = reader.read(chars, kept, chars.length - kept);
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-16: a half character", read * 2);
        }
        if (size < 0) {
            if (kept > 0) {
                throw new JsonException("not UTF-16: a half character", read * 2);
            }
            return false;
        }
        int length = kept + size;
        read += size;
        kept = Character.isHighSurrogate(chars[length - 1]) ? 1 : 0;
        bytes = new String(chars, 0, length - kept).getBytes(StandardCharsets.UTF_8);
        at = 0;
        chars[0] = chars[length - 1];
        return bytes.length > 0 || load();
    }
}

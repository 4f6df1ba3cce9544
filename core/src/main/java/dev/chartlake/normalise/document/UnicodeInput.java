package dev.chartlake.normalise.document;

import dev.chartlake.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-16 or UTF-32, as spreadsheets and PowerShell save it, read as UTF-8. A byte order mark becomes that of UTF-8.
 */
public final class UnicodeInput extends InputStream {

    private static final int MARK = 4;

    private final Reader reader;
    private final Charset charset;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = {};
    private int at;
    private long read;
    private int kept;

    /** Reads {@code file}, which is in {@code charset}. */
    public UnicodeInput(InputStream file, Charset charset) {
        this.charset = charset;
        reader = new InputStreamReader(
                file,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The file as UTF-8: itself, unless it starts like UTF-16 or UTF-32. */
    public static InputStream utf8(InputStream file) throws IOException {
        byte[] start = file.readNBytes(MARK);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), file);
        Charset charset = charset(start, start.length);
        return charset == null ? whole : new UnicodeInput(whole, charset);
    }

    /** UTF-16 or UTF-32 if the text starts with its byte order mark, or with an ASCII character in it; else null. */
    public static @Nullable Charset charset(byte[] start, int length) {
        int a = length > 0 ? start[0] & 0xff : 0xff;
        int b = length > 1 ? start[1] & 0xff : 0xff;
        int c = length > 2 ? start[2] & 0xff : 0xff;
        int d = length > 3 ? start[3] & 0xff : 0xff;
        boolean little = a == 0xff && b == 0xfe || a > 0 && a < 0x80 && b == 0;
        boolean big = a == 0xfe && b == 0xff || a == 0 && b > 0 && b < 0x80;
        if (little) {
            return c == 0 && d == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
        }
        boolean wide = a == 0 && b == 0 && (c == 0xfe && d == 0xff || c == 0 && d > 0 && d < 0x80);
        return wide ? Charset.forName("UTF-32BE") : big ? StandardCharsets.UTF_16BE : null;
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
            throw notUnicode();
        }
        if (size < 0) {
            if (kept > 0) {
                throw notUnicode();
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

    private JsonException notUnicode() {
        int width = charset.name().startsWith("UTF-32") ? 4 : 2;
        return new JsonException("not " + charset.name() + ": a half character", read * width);
    }
}

package dev.chartlake.intake.files;

import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Turns one file into the files to import that it holds: itself, or what gzip or zip packed in it. Each is unpacked and
 * checked as a whole before it is handed on. What is packed again inside is refused, and so is what grows beyond all
 * measure. No name inside an archive becomes a path on this machine. Used by one thread.
 */
public final class FileContents {

    private static final int MAGIC = 4;

    /** Larger contents wait in a temporary file of the lake. */
    private static final int IN_MEMORY = 4 << 20;

    private static final int TAR_MARK = 257;
    private static final String CURE_UNPACK = "Unpack it and import what it holds.";
    private static final String CURE_AGAIN = "Get the file again.";

    /** Receives what a file holds, in the order of folders and names. */
    public interface Sink {
        /** One file; its folders are those of the archive, the archive's own name, and those inside it. */
        void take(ImportFile file, InputStream in) throws IOException;

        /** A file, or a file in an archive, cannot be unpacked. {@code reason} is one or more sentences. */
        void failed(String label, String reason);

        /** A file in an archive is not named like one to import. */
        void skipped(String label);
    }

    private final ObjectStore store;
    private final Sink sink;

    /** Large contents are staged in {@code store} while they are unpacked, and never published by this class. */
    public FileContents(ObjectStore store, Sink sink) {
        this.store = store;
        this.sink = sink;
    }

    /** Reads the file at {@code path}, whose name, folders and label are those of {@code file}. */
    public void read(Path path, ImportFile file) throws IOException {
        boolean zip;
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(path), MAGIC)) {
            byte[] start = in.readNBytes(MAGIC);
            in.unread(start);
            zip = isZip(start);
            if (isGzip(start)) {
                gzip(in, file, new UnpackingLimit(Files.size(path)));
            } else if (!zip) {
                sink.take(file, in);
            }
        }
        if (zip) {
            zip(path, file);
        }
    }

    /** True if a file that starts so is packed. */
    public static boolean isPacked(byte[] start) {
        byte[] magic = Arrays.copyOf(start, Math.min(MAGIC, start.length));
        return isGzip(magic) || isZip(magic);
    }

    private static boolean isGzip(byte[] start) {
        return start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    /** A zip file starts with its first file, or with its directory if it has none. */
    private static boolean isZip(byte[] start) {
        return start.length == MAGIC
                && start[0] == 'P'
                && start[1] == 'K'
                && (start[2] == 3 && start[3] == 4 || start[2] == 5 && start[3] == 6);
    }

    private void gzip(InputStream packed, ImportFile file, UnpackingLimit limit) throws IOException {
        try {
            unpack(file, limit.limited(new GZIPInputStream(packed, 1 << 16)));
        } catch (Refusal e) {
            sink.failed(file.label(), String.valueOf(e.getMessage()));
        }
    }

    private void zip(Path path, ImportFile archive) throws IOException {
        try {
            ZipListing listing = ZipListing.of(path);
            UnpackingLimit limit = new UnpackingLimit(Files.size(path));
            limit.check(listing.unpackedSize());
            if (listing.wanted().isEmpty() && listing.packed().isEmpty()) {
                throw new Refusal(
                        "there is no file named " + FileWalk.NAMES + " in it", "Import the files that it was made of.");
            }
            listing.skipped().forEach(name -> sink.skipped(label(name, archive)));
            listing.packed().forEach(name -> sink.failed(label(name, archive), String.valueOf(nested().getMessage())));
            try (ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1)) {
                for (ZipListing.Member member : listing.wanted()) {
                    member(zip, member, archive, limit);
                }
            }
        } catch (Refusal e) {
            sink.failed(archive.label(), String.valueOf(e.getMessage()));
        } catch (ZipException e) {
            sink.failed(archive.label(), String.valueOf(broken().getMessage()));
        }
    }

    /** One broken file does not stop the others; an archive that unpacks to too much is given up. */
    private void member(ZipFile zip, ZipListing.Member member, ImportFile archive, UnpackingLimit limit)
            throws IOException, Refusal {
        ZipEntry entry = member.entry();
        Instant time = entry.getLastModifiedTime() == null
                ? archive.modifiedAt()
                : entry.getLastModifiedTime().toInstant();
        ImportFile file = new ImportFile(label(member.name(), archive), member.path(archive.path()), time);
        try (InputStream in = zip.getInputStream(entry)) {
            CheckedInputStream checked = new CheckedInputStream(limit.limited(in), new CRC32());
            unpack(file, new Verified(checked, entry.getCrc()));
        } catch (ZipException e) {
            sink.failed(file.label(), unreadable(e));
        } catch (Refusal e) {
            if (limit.isExceeded()) {
                throw e;
            }
            sink.failed(file.label(), String.valueOf(e.getMessage()));
        }
    }

    private static String label(String name, ImportFile archive) {
        return name + " in " + archive.label();
    }

    private static String unreadable(ZipException e) {
        return String.valueOf(e.getMessage()).contains("method")
                ? "it is packed by a method that cannot be read: only stored and deflated files can. " + CURE_UNPACK
                : String.valueOf(broken().getMessage());
    }

    /** Unpacks the content to its end, which checks it, and hands it on. */
    private void unpack(ImportFile file, InputStream in) throws IOException, Refusal {
        byte[] start;
        @Nullable Staged staged = null;
        try {
            start = in.readNBytes(IN_MEMORY);
            refusePacked(start);
            if (start.length == IN_MEMORY) {
                staged = store.stage();
                staged.out().write(start);
                in.transferTo(staged.out());
                staged.out().close();
            }
        } catch (UnpackingLimit.Exceeded e) {
            close(staged);
            throw new Refusal(
                    "it unpacks to much more than charts and playlists do, so unpacking was stopped", CURE_UNPACK);
        } catch (ZipException | EOFException e) {
            close(staged);
            throw broken();
        } catch (IOException | Refusal e) {
            close(staged);
            throw e;
        }
        if (staged == null) {
            sink.take(file, new ByteArrayInputStream(start));
            return;
        }
        try (Staged content = staged;
                InputStream whole = content.in()) {
            sink.take(file, whole);
        }
    }

    private static void close(@Nullable Staged staged) throws IOException {
        if (staged != null) {
            staged.close();
        }
    }

    private static void refusePacked(byte[] start) throws Refusal {
        if (isPacked(start)) {
            throw nested();
        }
        boolean tar = start.length > TAR_MARK + 5
                && new String(start, TAR_MARK, 5, StandardCharsets.ISO_8859_1).equals("ustar");
        if (tar) {
            throw new Refusal("it is a tar archive", CURE_UNPACK);
        }
    }

    private static Refusal nested() {
        return new Refusal(
                "it is packed twice: a packed file in a packed file", "Unpack the outer one and import again.");
    }

    private static Refusal broken() {
        return new Refusal("it cannot be unpacked: the packed data is truncated or broken", CURE_AGAIN);
    }

    /** Compares the checksum at the end of the content with the one that the archive has. */
    private static final class Verified extends FilterInputStream {

        private final CheckedInputStream checked;
        private final long expected;

        Verified(CheckedInputStream checked, long expected) {
            super(checked);
            this.checked = checked;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            return verified(super.read());
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return verified(super.read(to, offset, length));
        }

        private int verified(int read) throws ZipException {
            if (read < 0 && expected >= 0 && checked.getChecksum().getValue() != expected) {
                throw new ZipException("checksum");
            }
            return read;
        }
    }
}

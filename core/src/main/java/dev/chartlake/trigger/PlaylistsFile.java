package dev.chartlake.trigger;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code playlists.csv}: a header with {@code playlist_uri}, and a row for each playlist. Each change is made to the file
 * as it is at that moment and replaces it at once, so a process that is killed loses nothing, and neither does a person who
 * adds rows meanwhile.
 */
public final class PlaylistsFile {

    private static final String URI = "playlist_uri";
    private static final String SENT = "request_sent";
    private static final String RESPONSE = "response";
    private static final String DELIMITERS = ",;\t";
    private static final Map<String, Boolean> TRUTH = Map.of(
            "true", true, "1", true, "yes", true, "y", true, "false", false, "0", false, "no", false, "n", false, "",
            false);
    private static final Map<String, String> YES =
            Map.of("true", "true", "True", "True", "TRUE", "TRUE", "1", "1", "yes", "yes", "Yes", "Yes", "YES", "YES");
    private static final Map<String, String> NO =
            Map.of("false", "true", "False", "True", "FALSE", "TRUE", "0", "1", "no", "yes", "No", "Yes", "NO", "YES");

    private final Path file;

    /** {@code file} may be a link; what it leads to is replaced. Throws {@link IOException} if it is not there. */
    public PlaylistsFile(Path file) throws IOException {
        this.file = file.toRealPath();
    }

    /**
     * A playlist in the file.
     *
     * @param uri as it is written
     * @param number which of the rows with this URI it is, from 0
     * @param sent whether it was sent; empty if the file says neither yes nor no
     * @param mark what it says
     * @param response what became of it
     */
    public record Entry(String uri, int number, Optional<Boolean> sent, String mark, String response) {

        /** The same for the same row, whatever became of it. */
        String row() {
            return number + " " + uri;
        }
    }

    /** Keeps other processes that work on the same file waiting until it is closed or this process ends. */
    public Closeable alone() throws IOException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The playlists as they are now, without empty rows.
     *
     * @throws IllegalArgumentException with a message for the user if the file is not as it must be
     */
    public List<Entry> entries() throws IOException {
        return new Content(Files.readAllBytes(file)).entries();
    }

    /** Notes that a playlist was sent, and the answer. Nothing happens if its row is gone. */
    public void sent(Entry entry, String response) throws IOException {
        change(entry, response, true);
    }

    /** Notes why a playlist was not sent. */
    public void failed(Entry entry, String response) throws IOException {
        change(entry, response, false);
    }

    private void change(Entry entry, String response, boolean sent) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Content content = new Content(before);
        content.change(entry, response, sent);
        byte[] after = content.cells.bytes();
        if (!Arrays.equals(before, after)) {
            replace(after);
        }
    }

    /** Forced to the disk before it takes the old one's place, and with the same permissions. */
    private void replace(byte[] bytes) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        Path fresh = fresh(folder);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(bytes);
                channel.force(true);
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                Files.setPosixFilePermissions(fresh, view.readAttributes().permissions());
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Path fresh(Path folder) throws IOException {
        Path fresh = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            return Files.createFile(fresh);
        } catch (FileAlreadyExistsException e) {
            return fresh; // a killed process left it; nobody else is at work while the lock is held
        }
    }

    /** The file at one moment. */
    private static final class Content {
        private final CsvCells cells;
        private final int uri;
        private final int sent;
        private final int response;

        Content(byte[] bytes) {
            this.cells = cells(bytes);
            List<String> header = names(cells);
            this.uri = header.indexOf(URI);
            this.sent = header.contains(SENT) ? header.indexOf(SENT) : header.size();
            this.response = header.contains(RESPONSE) ? header.indexOf(RESPONSE) : Math.max(header.size(), sent + 1);
        }

        private static CsvCells cells(byte[] bytes) {
            for (char delimiter : DELIMITERS.toCharArray()) {
                CsvCells cells = new CsvCells(bytes, delimiter);
                if (names(cells).contains(URI)) {
                    return cells;
                }
            }
            throw new IllegalArgumentException(
                    "Its first row must name its columns: playlist_uri,request_sent,response.");
        }

        private static List<String> names(CsvCells cells) {
            return cells.rows() == 0
                    ? List.of()
                    : cells.values(0).stream()
                            .map(name -> name.strip().toLowerCase(Locale.ROOT))
                            .toList();
        }

        List<Entry> entries() {
            Map<String, Integer> seen = new HashMap<>();
            List<Entry> entries = new ArrayList<>();
            for (int row = 1; row < cells.rows(); row++) {
                String playlist = cells.value(row, uri).strip();
                if (!playlist.isEmpty()) {
                    String mark = cells.value(row, sent).strip();
                    int number = seen.merge(playlist, 1, Integer::sum) - 1;
                    @Nullable Boolean truth = TRUTH.get(mark.toLowerCase(Locale.ROOT));
                    entries.add(
                            new Entry(playlist, number, Optional.ofNullable(truth), mark, cells.value(row, response)));
                }
            }
            return entries;
        }

        void change(Entry entry, String text, boolean done) {
            int number = entry.number();
            for (int row = 1; row < cells.rows(); row++) {
                if (cells.value(row, uri).strip().equals(entry.uri()) && number-- == 0) {
                    String yes = yes();
                    cells.set(0, sent, header(sent, SENT));
                    cells.set(0, response, header(response, RESPONSE));
                    if (done) {
                        cells.set(row, sent, yes);
                    }
                    cells.set(row, response, text);
                    return;
                }
            }
        }

        private String header(int column, String name) {
            String written = cells.value(0, column);
            return written.isEmpty() ? name : written;
        }

        /** Written as the file writes it: {@code True}, {@code 1}, {@code yes}. */
        private String yes() {
            for (int row = 1; row < cells.rows(); row++) {
                String mark = cells.value(row, sent).strip();
                String written = YES.getOrDefault(mark, NO.get(mark));
                if (written != null) {
                    return written;
                }
            }
            return "true";
        }
    }
}

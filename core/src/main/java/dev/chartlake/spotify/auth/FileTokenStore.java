package dev.chartlake.spotify.auth;

import dev.chartlake.store.FileLocks;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file that only its owner can read, in a folder that only its owner can enter. Where the file system has no such
 * permissions, those of the home folder have to do.
 */
public final class FileTokenStore implements TokenStore {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGEST = 1 << 20;

    private final String name;
    private final String cure;
    private final Path folder;
    private final Path file;

    /**
     * The file of that name in {@code folder}, which is for such files alone. {@code name} and {@code cure} are for messages.
     * Nothing is made before something is written.
     */
    public FileTokenStore(Path folder, String file, String name, String cure) {
        this.folder = folder.toAbsolutePath();
        this.file = this.folder.resolve(file);
        this.name = name;
        this.cure = cure;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String cure() {
        return cure;
    }

    @Override
    public Optional<Consent> read() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.size(file) > LARGEST ? new byte[0] : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING && json.currentName() != null) {
                    fields.put(json.currentName(), json.getString());
                }
            }
            Instant at = Instant.parse(fields.getOrDefault("consented_at", ""));
            if (!fields.getOrDefault("refresh_token", "").isEmpty()) {
                return Optional.of(new Consent(
                        fields.getOrDefault("client_id", ""),
                        fields.getOrDefault("accounts_url", ""),
                        fields.getOrDefault("user", ""),
                        fields.getOrDefault("name", ""),
                        fields.getOrDefault("scope", ""),
                        at,
                        fields.getOrDefault("refresh_token", "")));
            }
        } catch (JacksonException | DateTimeException e) {
            // The message below says it; that of the exception may repeat what the file holds.
        }
        throw new IOException("No sign-in can be read from " + file + ". Delete the file. " + cure);
    }

    @Override
    public void write(Consent consent) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("client_id", consent.clientId());
            json.writeStringProperty("accounts_url", consent.accountsUrl());
            json.writeStringProperty("user", consent.user());
            json.writeStringProperty("name", consent.name());
            json.writeStringProperty("scope", consent.scopes());
            json.writeStringProperty("consented_at", consent.at().toString());
            json.writeStringProperty("refresh_token", consent.refreshToken());
            json.writeEndObject();
        }
        makeFolder();
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    part,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    ownersAlone(folder, "rw-------"))) {
                ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true); // a rotated token that is lost in a crash cannot be asked for again
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public boolean delete() throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public Closeable lock() throws IOException {
        makeFolder();
        return FileLocks.of(file.resolveSibling("." + file.getFileName() + ".lock"))
                .exclusive();
    }

    private void makeFolder() throws IOException {
        Path above = folder.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownersAlone(above == null ? folder : above, "rwx------"));
        }
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------")); // it may have been made by other means
        }
    }

    /** What a new file or folder is made with; nothing where the file system knows no owners. */
    private static FileAttribute<?>[] ownersAlone(Path where, String permissions) {
        return Files.getFileAttributeView(where, PosixFileAttributeView.class) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
    }
}

package dev.chartlake.intake.files;

import dev.chartlake.intake.names.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a zip file says it holds. Names are hints and never paths: {@code ..}, drives and control characters are dropped.
 *
 * @param wanted the files to import: those of one folder stand together, in the order of their names
 * @param packed the names of files that are packed again
 * @param skipped the names of all others
 * @param unpackedSize how many bytes all wanted files are said to have
 */
record ZipListing(List<Member> wanted, List<String> packed, List<String> skipped, long unpackedSize) {

    private static final int MOST_MEMBERS = 100_000;
    private static final int MAX_DIRECTORY = 64 << 20;
    private static final int MAX_COMMENT = 0xffff;
    private static final int END_SIZE = 22;
    private static final int END_MARK = 0x06054b50;
    private static final int MOST_FOLDERS = 16;
    private static final int LONGEST_NAME = 200;

    /**
     * One file.
     *
     * @param entry where it is in the zip file
     * @param names the names of its folders and itself
     */
    record Member(ZipEntry entry, List<String> names) {

        /** Its folders and itself as one name. */
        String name() {
            return String.join("/", names);
        }

        /** Its folders and itself below those of the zip file, whose name without its extension counts as a folder. */
        List<String> path(List<String> archive) {
            List<String> path = new ArrayList<>(archive.subList(0, archive.size() - 1));
            path.add(new FilePath(archive).stem());
            path.addAll(names);
            return path;
        }

        private String folder() {
            return String.join("/", names.subList(0, names.size() - 1));
        }
    }

    /** Reads the list of a zip file. Throws {@link Refusal} if it is too long, encrypted or broken. */
    static ZipListing of(Path path) throws IOException, Refusal {
        checkDirectory(path);
        List<Member> wanted = new ArrayList<>();
        List<String> packed = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        long size = 0;
        try (ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1)) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Member member = new Member(entry, names(entry.getName()));
                if (entry.isDirectory() || member.names().isEmpty()) {
                    continue;
                }
                String own = member.names().get(member.names().size() - 1);
                if (FileWalk.isText(own) && !member.names().get(0).equals("__MACOSX")) {
                    wanted.add(member);
                    size += Math.max(0, entry.getSize());
                } else {
                    (FileWalk.isPacked(own) ? packed : skipped).add(member.name());
                }
            }
        } catch (ZipException e) {
            throw refusal(e);
        }
        wanted.sort(Comparator.comparing(Member::folder).thenComparing(Member::name));
        return new ZipListing(wanted, packed, skipped, size);
    }

    private static Refusal refusal(ZipException e) {
        return String.valueOf(e.getMessage()).contains("encrypted")
                ? new Refusal("it is encrypted", "Unpack it with its password and import what it holds.")
                : new Refusal("it is not a whole zip file: it is truncated or broken", "Get the file again.");
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String part : path.split("[/\\\\]", -1)) {
            String name = part.replaceAll("\\p{Cntrl}", "?").strip();
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..") && !name.matches("[A-Za-z]:")) {
                names.add(name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name);
            }
        }
        return names.subList(Math.max(0, names.size() - MOST_FOLDERS), names.size());
    }

    /** The directory is read into memory, so its size is looked at first. */
    private static void checkDirectory(Path path) throws IOException, Refusal {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = Math.max(0, file.size() - END_SIZE - MAX_COMMENT);
            ByteBuffer end = ByteBuffer.allocate((int) (file.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
            while (end.hasRemaining() && file.read(end, from + end.position()) >= 0) {
                // The end of the file is read to its last byte.
            }
            for (int at = end.position() - END_SIZE; at >= 0; at--) {
                if (end.getInt(at) == END_MARK) {
                    checkSize(Short.toUnsignedInt(end.getShort(at + 10)), Integer.toUnsignedLong(end.getInt(at + 12)));
                    return;
                }
            }
        }
    }

    /** 65,535 files and more are counted elsewhere, but the size of their directory says enough. */
    private static void checkSize(int members, long directory) throws Refusal {
        boolean many = members > MOST_MEMBERS || directory > MAX_DIRECTORY;
        if (many) {
            throw new Refusal(
                    "its list of files is longer than " + (MAX_DIRECTORY >> 20) + " MB",
                    "Unpack it and import what it holds.");
        }
    }
}

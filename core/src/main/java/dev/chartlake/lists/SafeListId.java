package dev.chartlake.lists;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Makes ids of the names of lists that have no id of their own, such as those in account exports. */
public final class SafeListId {

    private static final int LONGEST = 60;
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 _-]*");

    private SafeListId() {}

    /**
     * The id: lower-case letters, digits and hyphens. A name with other characters gets a checksum at its end, so that names
     * that differ in these alone have different ids: {@code Min liste} is {@code min-liste}, {@code Låter!} is
     * {@code later-181bacda}. Depends on the name alone.
     */
    public static String of(String name) {
        String plain =
                ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        String id = OTHERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        id = id.substring(id.startsWith("-") ? 1 : 0);
        id = id.length() > LONGEST ? id.substring(0, LONGEST) : id;
        id = id.endsWith("-") ? id.substring(0, id.length() - 1) : id;
        if (!id.isEmpty() && id.length() < LONGEST && PLAIN.matcher(name).matches()) {
            return id;
        }
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (id.isEmpty() ? "list" : id) + "-" + "%08x".formatted(crc.getValue());
    }
}

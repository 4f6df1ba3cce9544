package dev.chartlake.simulator.world;

import java.util.HexFormat;

/** Numbers and ids that look random and are the same every time. */
public final class Ids {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Ids() {}

    /** 64 bits that depend on everything given: splitmix64 over the parts, so that one number more changes all bits. */
    static long hash(long seed, String what, long... numbers) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L * what.hashCode());
        for (long number : numbers) {
            mixed = mix(mixed + 0x9E3779B97F4A7C15L * (number + 1));
        }
        return mixed;
    }

    /** Uniform in [0, 1). */
    static double unit(long seed, String what, long... numbers) {
        return (hash(seed, what, numbers) >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [0, bound). */
    public static int below(int bound, long seed, String what, long... numbers) {
        return (int) Math.floorMod(hash(seed, what, numbers), (long) bound);
    }

    /** A base62 id of 22 characters, as Spotify's: the first is below 7 so that it stays within 128 bits. */
    public static String of(long seed, String what, long number) {
        long bits = hash(seed, what, number);
        char[] id = new char[22];
        id[0] = BASE62.charAt((int) Math.floorMod(bits, 7L));
        for (int i = 1; i < id.length; i++) {
            if (i % 8 == 1) {
                bits = mix(bits + i);
            }
            id[i] = BASE62.charAt((int) (bits & 63) % 62);
            bits >>>= 6;
        }
        return new String(id);
    }

    /** So many hexadecimal digits. */
    public static String hex(int digits, long seed, String what, long number) {
        StringBuilder hex = new StringBuilder(digits + 16);
        for (int i = 0; hex.length() < digits; i++) {
            hex.append(HexFormat.of().toHexDigits(hash(seed, what, number, i)));
        }
        return hex.substring(0, digits);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on request. Made with a factory or from a text such as {@code 429:retry-after=2,times=1},
 * and narrowed with {@link #times}, {@link #after}, {@link #path} and {@link #list}.
 *
 * <p>Without a path a fault meets requests below {@code /v1/} only, so that signing in still works.
 *
 * @param kind what goes wrong
 * @param status the HTTP status of {@link Kind#STATUS}; otherwise 0
 * @param retryAfterSeconds the Retry-After header; null leaves it out
 * @param delay how long {@link Kind#SLOW} waits; otherwise zero
 * @param every which rows {@link Kind#NULL_ENTRIES} empties: each of this number; otherwise 0
 * @param after how many matching requests (for {@link Kind#EDIT}: pages read) go well first
 * @param times how many requests it then spoils; {@link #ALWAYS} never stops
 * @param path only requests whose path contains this; null for all of {@code /v1/}
 * @param list only requests for this playlist; null for any
 */
public record Fault(
        Kind kind,
        int status,
        @Nullable Integer retryAfterSeconds,
        Duration delay,
        int every,
        int after,
        int times,
        @Nullable String path,
        @Nullable String list) {

    /** The number of {@link #times} that never runs out. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** What can go wrong. */
    public enum Kind {
        /** An error status with the JSON error body of that status. */
        STATUS,
        /** The daily quota is used up: 429 with reason QUOTA_EXCEEDED. */
        QUOTA,
        /** The app's owner has no Premium: 403 in plain text. */
        PREMIUM,
        /** The user is not on the app's list of users: 403 in plain text. */
        UNREGISTERED,
        /** 503 with an HTML page, as a proxy in between sends it. */
        HTML,
        /** 200 with no body at all. */
        EMPTY,
        /** The connection is reset before an answer. */
        RESET,
        /** The connection ends in the middle of the body. */
        TRUNCATE,
        /** The answer is right but late. */
        SLOW,
        /** Rows whose track or item is null. */
        NULL_ENTRIES,
        /** Somebody adds a song at the top while the list is being read. */
        EDIT
    }

    /** Checks what a mistyped specification would get wrong. */
    public Fault {
        if (kind == Kind.STATUS && (status < 400 || status > 599)) {
            throw new IllegalArgumentException("A fault's status is 400 to 599, not " + status);
        }
        if (after < 0 || times < 1 || (kind == Kind.NULL_ENTRIES && every < 1)) {
            throw new IllegalArgumentException("A fault needs after >= 0, times >= 1 and every >= 1");
        }
        if (delay.isNegative() || (retryAfterSeconds != null && retryAfterSeconds < 0)) {
            throw new IllegalArgumentException("A fault cannot wait a negative time");
        }
    }

    private static Fault of(Kind kind, int status, int every, int times) {
        return new Fault(kind, status, null, Duration.ZERO, every, 0, times, null, null);
    }

    /** An error status, 400 to 599, without Retry-After. */
    public static Fault status(int status) {
        return of(Kind.STATUS, status, 0, ALWAYS);
    }

    /** 429 with a Retry-After in whole seconds. */
    public static Fault rateLimited(Duration retryAfter) {
        return status(429).retryAfter(retryAfter);
    }

    /** 429 with reason QUOTA_EXCEEDED and a Retry-After of 52,531 seconds, the longest kind of wait seen in the wild. */
    public static Fault quota() {
        return of(Kind.QUOTA, 0, 0, ALWAYS).retryAfter(Duration.ofSeconds(52_531));
    }

    /** 403 in plain text: the app's owner has no Premium subscription. */
    public static Fault premium() {
        return of(Kind.PREMIUM, 0, 0, ALWAYS);
    }

    /** 403 in plain text: the app's owner has not added the user. */
    public static Fault unregistered() {
        return of(Kind.UNREGISTERED, 0, 0, ALWAYS);
    }

    /** 503 with an HTML page. */
    public static Fault html() {
        return of(Kind.HTML, 0, 0, ALWAYS);
    }

    /** 200 without a body. */
    public static Fault empty() {
        return of(Kind.EMPTY, 0, 0, ALWAYS);
    }

    /** A connection reset instead of an answer. */
    public static Fault reset() {
        return of(Kind.RESET, 0, 0, ALWAYS);
    }

    /** An answer that breaks off in the middle of its body. */
    public static Fault truncate() {
        return of(Kind.TRUNCATE, 0, 0, ALWAYS);
    }

    /** A right answer that comes late. */
    public static Fault slow(Duration delay) {
        return new Fault(Kind.SLOW, 0, null, delay, 0, 0, ALWAYS, null, null);
    }

    /** Every {@code every}-th row of a list holds null instead of a song; its position stays. */
    public static Fault nullEntries(int every) {
        return of(Kind.NULL_ENTRIES, 0, every, ALWAYS);
    }

    /**
     * A song is added at the top of a list after {@code pages} of its pages have been read, once. Recorded lists stay
     * as they were recorded.
     */
    public static Fault edit(int pages) {
        return of(Kind.EDIT, 0, 0, 1).after(pages);
    }

    /** The same with another Retry-After, in whole seconds. */
    public Fault retryAfter(Duration wait) {
        return new Fault(kind, status, (int) wait.toSeconds(), delay, every, after, times, path, list);
    }

    /** The same after so many matching requests went well. */
    public Fault after(int requests) {
        return new Fault(kind, status, retryAfterSeconds, delay, every, requests, times, path, list);
    }

    /** The same, but only so many times. */
    public Fault times(int count) {
        return new Fault(kind, status, retryAfterSeconds, delay, every, after, count, path, list);
    }

    /** The same, but only for requests whose path contains a text, such as {@code /api/token}. */
    public Fault path(String part) {
        return new Fault(kind, status, retryAfterSeconds, delay, every, after, times, part, list);
    }

    /** The same, but only for one playlist. */
    public Fault list(String id) {
        return new Fault(kind, status, retryAfterSeconds, delay, every, after, times, path, id);
    }

    /**
     * Reads a fault as the command line takes it: {@code NAME[:KEY=VALUE,…]}.
     *
     * @throws IllegalArgumentException naming the valid ones, when the text is not one
     */
    public static Fault parse(String text) {
        return FaultSpec.parse(text);
    }

    boolean matches(HttpRequest request) {
        return (path == null
                        ? request.path().startsWith("/v1/")
                        : request.path().contains(path))
                && (list == null || (request.path() + "/").contains("/playlists/" + list + "/"));
    }
}

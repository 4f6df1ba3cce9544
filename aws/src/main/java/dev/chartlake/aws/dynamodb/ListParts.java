package dev.chartlake.aws.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sizes as DynamoDB counts them, and long lists in parts that fit. */
final class ListParts {

    /** DynamoDB's limit of an item, in bytes. */
    static final int MOST = 400 * 1024;

    /** Of a list in one item: it leaves room for the rest, and writes are paid for by size. */
    private static final int PART = 200_000;

    /** A transaction takes 4 MB. */
    static final int MOST_PARTS = 4 * 1024 * 1024 / PART - 1;

    private static final int COLLECTION = 3;

    private ListParts() {}

    /** How many items hold a playlist's tracks now. */
    static int count(Map<String, AttributeValue> playlist) {
        AttributeValue parts = playlist.get(ItemTable.PLAYLIST_PARTS);
        return parts == null || parts.n() == null ? 1 : Integer.parseInt(parts.n());
    }

    /** The parts of a playlist's tracks; none if the observation has no tracks. */
    static List<AttributeValue> of(Observation observation) {
        Observation.Field tracks = observation.fields().get(ItemTable.PLAYLIST_TRACKS);
        return tracks == null ? List.of() : of(tracks.value());
    }

    /** The parts of a list in order, at least one. */
    static List<AttributeValue> of(AttributeValue list) {
        List<AttributeValue> parts = new ArrayList<>();
        List<AttributeValue> part = new ArrayList<>();
        long size = 0;
        for (AttributeValue value : list.l()) {
            size += 1 + size(value);
            if (size > PART && !part.isEmpty()) {
                parts.add(AttributeValue.fromL(List.copyOf(part)));
                part.clear();
                size = 1 + size(value);
            }
            part.add(value);
        }
        parts.add(AttributeValue.fromL(List.copyOf(part)));
        return parts;
    }

    /** At most so many bytes count for an item with these attributes. */
    static long size(Map<String, AttributeValue> attributes) {
        long size = 0;
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            size += utf8(attribute.getKey()) + size(attribute.getValue());
        }
        return size;
    }

    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> 21;
            case L ->
                COLLECTION + value.l().stream().mapToLong(one -> 1 + size(one)).sum();
            case M -> COLLECTION + value.m().size() + size(value.m());
            default -> 1;
        };
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

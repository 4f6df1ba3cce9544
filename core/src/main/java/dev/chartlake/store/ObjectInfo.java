package dev.chartlake.store;

import java.io.Serializable;
import java.time.Instant;

/**
 * An object in a listing.
 *
 * @param key the full key, with {@code /} between segments
 * @param size bytes
 * @param modifiedAt when it was last written, by the store's clock
 * @param stamp changes whenever the object does; of S3 its ETag, of a file its size and time
 */
public record ObjectInfo(String key, long size, Instant modifiedAt, String stamp) implements Serializable {}

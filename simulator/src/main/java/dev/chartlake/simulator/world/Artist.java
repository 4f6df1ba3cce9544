package dev.chartlake.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * An artist, as far as a playlist shows one.
 *
 * @param id 22 base62 characters; null in a local file or a song that was taken down
 * @param name "" in a song that was taken down
 */
public record Artist(@Nullable String id, String name) {}

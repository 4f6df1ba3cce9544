package dev.chartlake.publish;

import java.io.Serializable;

/** A raw object that was moved to quarantine, and why. */
public record UnreadableObject(String key, String reason) implements Serializable {}

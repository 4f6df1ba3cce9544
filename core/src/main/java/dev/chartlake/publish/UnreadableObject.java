package dev.chartlake.publish;

/** A raw object that was moved to quarantine, and why. */
public record UnreadableObject(String key, String reason) {}

package dev.chartlake.jobs;

/** What a run does while Spotify wants to be left alone. */
public enum CooldownPolicy {
    /** It asks nothing. */
    KEEP,

    /** It asks all the same. If Spotify answers, the cooldown is over. */
    IGNORE
}

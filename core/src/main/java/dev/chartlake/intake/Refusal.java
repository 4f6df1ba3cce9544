package dev.chartlake.intake;

/** A file that cannot be imported: why, and what its owner can do. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String cure;

    /** {@code reason} has no full stop at its end; {@code cure} is a sentence. */
    Refusal(String reason, String cure) {
        super(reason + ". " + cure);
        this.reason = reason;
        this.cure = cure;
    }

    String reason() {
        return reason;
    }

    String cure() {
        return cure;
    }
}

package dev.chartlake.intake.files;

/** A file that cannot be imported: why, and what its owner can do. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String cure;

    /** {@code reason} has no full stop at its end; {@code cure} is a sentence. */
    public Refusal(String reason, String cure) {
        super(reason + ". " + cure);
        this.reason = reason;
        this.cure = cure;
    }

    /** Why, as the second half of a sentence. */
    public String reason() {
        return reason;
    }

    /** What the file's owner can do, as a sentence. */
    public String cure() {
        return cure;
    }
}

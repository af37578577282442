package dev.oriel.testkit.viewer.light;

/**
 * What a viewer has got of its video since it joined.
 *
 * @param packets RTP packets that came
 * @param bytes with their headers, encrypted as they came
 * @param lost sequence numbers that never came; those that came late are not among them
 * @param late packets that came after one with a higher number, or twice
 * @param frames of which every packet came, in order
 * @param broken of which some did not
 * @param undecrypted packets that were to be looked into and could not be decrypted
 */
public record Counts(long packets, long bytes, long lost, long late, long frames, long broken, long undecrypted) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** What has come since then. */
    public Counts since(Counts then) {
        return new Counts(
                packets - then.packets,
                bytes - then.bytes,
                lost - then.lost,
                late - then.late,
                frames - then.frames,
                broken - then.broken,
                undecrypted - then.undecrypted);
    }

    /** The sum of two viewers' counts. */
    public Counts and(Counts other) {
        return new Counts(
                packets + other.packets,
                bytes + other.bytes,
                lost + other.lost,
                late + other.late,
                frames + other.frames,
                broken + other.broken,
                undecrypted + other.undecrypted);
    }
}

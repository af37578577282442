package dev.oriel.protocol.rtp.nal;

/**
 * Where numbers of the decoding order stand in a payload, as H.264 has them in its interleaved mode (RFC 6184 section 5.7,
 * types 25 to 27 and 29) and H.265 where the description promises them (RFC 7798 section 4.4).
 *
 * @param orderBytes how many bytes of it stand behind the payload header, or behind the header of a first fragment
 * @param beforeNext how many stand in front of the length of each further NAL unit of an aggregate
 * @param behindLength how many stand between the length of a NAL unit of an aggregate and the NAL unit
 */
public record Packing(int orderBytes, int beforeNext, int behindLength) {

    private static final Packing PLAIN = new Packing(0, 0, 0);
    private static final Packing ORDERED = new Packing(2, 0, 0);
    private static final Packing ORDERED_TIMES_16 = new Packing(2, 0, 3);
    private static final Packing ORDERED_TIMES_24 = new Packing(2, 0, 4);
    private static final Packing ORDERED_EACH = new Packing(2, 1, 0);

    /**
     * How payloads of a type are packed.
     *
     * @param numbered whether the description promises decoding order numbers; H.265 only
     */
    public static Packing of(NalSyntax syntax, int type, boolean numbered) {
        if (syntax == NalSyntax.H265) {
            return numbered ? ORDERED_EACH : PLAIN;
        }
        return switch (type) {
            case 25, 29 -> ORDERED;
            case 26 -> ORDERED_TIMES_16;
            case 27 -> ORDERED_TIMES_24;
            default -> PLAIN;
        };
    }

    /** Whether nothing stands there. */
    public boolean isPlain() {
        return orderBytes == 0;
    }

    /** Whether each NAL unit of an aggregate has a time of its own behind its place in the order. */
    public boolean hasTimes() {
        return behindLength > 0;
    }
}

package dev.oriel.protocol.sctp;

/**
 * The port numbers of an association within its DTLS session (RFC 8841 section 5).
 *
 * @param own ours, 1 to 65535
 * @param viewers the other side's, 1 to 65535
 */
public record SctpPorts(int own, int viewers) {

    /** What nearly everyone uses. */
    public static final int USUAL = 5000;
}

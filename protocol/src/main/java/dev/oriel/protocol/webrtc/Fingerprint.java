package dev.oriel.protocol.webrtc;

import dev.oriel.api.media.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A hash of the certificate a side shows in its DTLS handshake (RFC 8122 section 5).
 *
 * @param algorithm {@code sha-1}, {@code sha-224}, {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param digest the hash
 */
public record Fingerprint(String algorithm, Bytes digest) {

    private static final List<String> ALGORITHMS = List.of("sha-1", "sha-224", "sha-256", "sha-384", "sha-512");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** The SHA-256 of a certificate. */
    public static Fingerprint of(byte[] certificate) {
        return new Fingerprint("sha-256", Bytes.copyOf(hash("sha-256", certificate)));
    }

    /** Reads what stands behind {@code a=fingerprint:}; empty for an unknown algorithm or broken digits. */
    static Optional<Fingerprint> parse(String text) {
        String[] parts = text.split("\\s+");
        if (parts.length < 2 || !ALGORITHMS.contains(parts[0].toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Fingerprint(parts[0].toLowerCase(Locale.ROOT), Bytes.copyOf(COLONS.parseHex(parts[1]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is this certificate's. */
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash(algorithm, certificate), digest.toArray());
    }

    /** What stands behind {@code a=fingerprint:}. */
    String write() {
        return algorithm + " " + COLONS.formatHex(digest.toArray());
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA", e);
        }
    }
}

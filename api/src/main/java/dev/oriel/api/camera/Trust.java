package dev.oriel.api.camera;

import dev.oriel.api.media.Bytes;

/** Whose certificate is accepted when a connection to a camera is encrypted. */
public sealed interface Trust {

    /** Certificates that the host's authorities vouch for, in the camera's name. */
    Trust AUTHORITIES = new Authorities();

    /** Any certificate: the connection is encrypted, but nobody knows with whom. */
    Trust ANYBODY = new Anybody();

    /** Certificates that the host's authorities vouch for, in the camera's name (RFC 9525). */
    record Authorities() implements Trust {}

    /** Any certificate: the connection is encrypted, but nobody knows with whom. */
    record Anybody() implements Trust {}

    /**
     * One certificate, whoever signed it and whatever name it bears.
     *
     * @param sha256 the SHA-256 digest of the certificate as the camera sends it, 32 bytes
     */
    record Pinned(Bytes sha256) implements Trust {

        /** @throws IllegalArgumentException if it is not 32 bytes long */
        public Pinned {
            if (sha256.length() != 32) {
                throw new IllegalArgumentException(
                        "A SHA-256 fingerprint has 32 bytes, and this one " + sha256.length());
            }
        }
    }
}

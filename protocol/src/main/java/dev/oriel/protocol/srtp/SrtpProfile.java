package dev.oriel.protocol.srtp;

import java.util.Optional;

/** The protection profiles that are spoken, best first (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 14, 10);

    /** Bytes of a master key, in every profile. */
    public static final int KEY_BYTES = 16;

    private final int code;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int code, int saltBytes, int tagBytes) {
        this.code = code;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** The number DTLS knows it by. */
    public int code() {
        return code;
    }

    /** Bytes of a master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Bytes by which a media packet grows. */
    public int tagBytes() {
        return tagBytes;
    }

    /** The profile of a number in DTLS. */
    public static Optional<SrtpProfile> of(int code) {
        for (SrtpProfile profile : values()) {
            if (profile.code == code) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}

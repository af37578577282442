package dev.oriel.protocol.srtp;

import java.util.Arrays;

/**
 * What one direction of a session is encrypted under; never printed.
 *
 * @param key {@link SrtpProfile#KEY_BYTES} bytes, not changed any more
 * @param salt {@link SrtpProfile#saltBytes()} bytes, not changed any more
 */
public record MasterKey(SrtpProfile profile, byte[] key, byte[] salt) {

    /** @throws IllegalArgumentException if a length is not the profile's */
    public MasterKey {
        if (key.length != SrtpProfile.KEY_BYTES || salt.length != profile.saltBytes()) {
            throw new IllegalArgumentException(profile + " has " + SrtpProfile.KEY_BYTES + " bytes of key and "
                    + profile.saltBytes() + " of salt, not " + key.length + " and " + salt.length);
        }
    }

    /** How many bytes DTLS has to export for a session of both directions (RFC 5764 section 4.2). */
    public static int exportedBytes(SrtpProfile profile) {
        return 2 * (SrtpProfile.KEY_BYTES + profile.saltBytes());
    }

    /** What the DTLS client encrypts under, out of what DTLS exported. */
    public static MasterKey ofClient(SrtpProfile profile, byte[] exported) {
        return part(profile, exported, 0);
    }

    /** What the DTLS server encrypts under, out of what DTLS exported. */
    public static MasterKey ofServer(SrtpProfile profile, byte[] exported) {
        return part(profile, exported, 1);
    }

    private static MasterKey part(SrtpProfile profile, byte[] exported, int side) {
        int key = side * SrtpProfile.KEY_BYTES;
        int salt = 2 * SrtpProfile.KEY_BYTES + side * profile.saltBytes();
        return new MasterKey(
                profile,
                Arrays.copyOfRange(exported, key, key + SrtpProfile.KEY_BYTES),
                Arrays.copyOfRange(exported, salt, salt + profile.saltBytes()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey that
                && profile == that.profile
                && Arrays.equals(key, that.key)
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "MasterKey[" + profile + ", ***]";
    }
}

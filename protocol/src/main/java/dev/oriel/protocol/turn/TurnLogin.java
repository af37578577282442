package dev.oriel.protocol.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How one logs in to a TURN server. No text form of it holds the secret. */
public sealed interface TurnLogin {

    /** How long a credential made from a shared secret is good for. */
    long VALID_SECONDS = 86_400;

    /** What to log in with from a time on. */
    Credential at(long unixSeconds);

    /** A user and a password that stay. */
    record LongTerm(String username, String password) implements TurnLogin {

        @Override
        public Credential at(long unixSeconds) {
            return new Credential(username, password, OptionalLong.empty());
        }

        @Override
        public String toString() {
            return "user " + username;
        }
    }

    /** A secret shared with the server, of which users for a limited time are made ({@code static-auth-secret}). */
    record SharedSecret(String secret) implements TurnLogin {

        @Override
        public Credential at(long unixSeconds) {
            String username = Long.toString(unixSeconds + VALID_SECONDS);
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
                byte[] hash = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
                return new Credential(
                        username,
                        Base64.getEncoder().encodeToString(hash),
                        OptionalLong.of(unixSeconds + VALID_SECONDS / 2));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA1", e);
            }
        }

        @Override
        public String toString() {
            return "shared secret";
        }
    }

    /**
     * A user and a password.
     *
     * @param renewUnixSeconds when it is time for another one; absent if it does not age
     */
    record Credential(String username, String password, OptionalLong renewUnixSeconds) {

        /** The key messages are signed with (RFC 8489 section 9.2.2). */
        byte[] key(String realm) {
            try {
                return MessageDigest.getInstance("MD5")
                        .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has MD5", e);
            }
        }

        @Override
        public String toString() {
            return "user " + username;
        }
    }
}

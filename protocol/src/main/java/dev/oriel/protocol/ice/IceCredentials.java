package dev.oriel.protocol.ice;

import java.util.random.RandomGenerator;

/**
 * The user name fragment and password of one side (RFC 8839 section 5.4); the password is never printed.
 *
 * @param fragment 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String fragment, String password) {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Fresh ones: 48 random bits of name, so that viewers are told apart, and 144 of password. */
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(text(random, 8), text(random, 24));
    }

    @Override
    public String toString() {
        return "IceCredentials[fragment=" + fragment + ", password=***]";
    }

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}

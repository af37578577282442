package dev.oriel.signaling.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text in base64 (RFC 4648 section 4), strict when written and lenient when read.
 *
 * <p>Clients forget to percent-encode a form, which turns {@code +} into a blank, and leave out the padding; both are
 * understood. Line breaks are skipped.
 */
public final class Base64Text {

    private Base64Text() {}

    /** The text as UTF-8 in base64, padded, in one line. */
    public static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException with the sentence that clients of the original servers know */
    public static String decode(String encoded) {
        StringBuilder digits = new StringBuilder(encoded.length());
        int end = encoded.length();
        while (end > 0 && isSkipped(encoded.charAt(end - 1))) {
            end--;
        }
        int padding = end;
        while (padding > 0 && (encoded.charAt(padding - 1) == '=' || isSkipped(encoded.charAt(padding - 1)))) {
            padding--;
        }
        for (int i = 0; i < padding; i++) {
            char c = encoded.charAt(i);
            if (c == ' ') {
                digits.append('+');
            } else if (isDigit(c)) {
                digits.append(c);
            } else if (!isSkipped(c)) {
                throw illegal(i);
            }
        }
        if (digits.length() % 4 == 1) {
            throw illegal(padding);
        }
        return new String(Base64.getDecoder().decode(digits.toString()), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException illegal(int offset) {
        return new IllegalArgumentException("illegal base64 data at input byte " + offset);
    }

    private static boolean isSkipped(char c) {
        return c == '\r' || c == '\n';
    }

    private static boolean isDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}

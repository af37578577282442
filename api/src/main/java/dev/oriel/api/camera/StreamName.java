package dev.oriel.api.camera;

import java.util.regex.Pattern;

/**
 * The name under which a camera is asked for: 1 to 128 characters out of {@code A-Z a-z 0-9 . _ ~ = % -}.
 *
 * <p>The set is narrow on purpose: a name stands in URLs, pages, log lines and metric labels unescaped. It is wide enough
 * for entity ids ({@code camera.garden}) and for the padded base-32 digests that older clients use as ids. Names are
 * compared as they are written; upper and lower case differ.
 *
 * @param value the text itself
 */
public record StreamName(String value) implements Comparable<StreamName> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~=%-]{1,128}");

    /** @throws IllegalArgumentException if the text is empty, too long, or holds another character; the text is not repeated */
    public StreamName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "A stream name has 1 to 128 characters, each a letter, a digit or one of . _ ~ = % -");
        }
    }

    /** Tells whether a text can be a name, for callers that want to refuse it in their own words. */
    public static boolean isValid(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    public int compareTo(StreamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.oriel.signaling.dialect;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.signaling.HttpCall;
import java.util.List;
import java.util.Optional;

/**
 * A path between its slashes.
 *
 * @param parts at least one, the last empty where the path ends in a slash
 */
record Segments(List<String> parts) {

    static Segments of(HttpCall call) {
        return new Segments(List.of(call.path().substring(1).split("/", -1)));
    }

    /** Whether each part equals the one of the pattern; {@code *} stands for any that is not empty. */
    boolean match(String... pattern) {
        if (parts.size() != pattern.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            boolean fits = pattern[i].equals("*") ? !parts.get(i).isEmpty() : pattern[i].equals(parts.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    String part(int index) {
        return parts.get(index);
    }

    /** A text as a stream's name; empty if it cannot be one. */
    static Optional<StreamName> name(String text) {
        return StreamName.isValid(text) ? Optional.of(new StreamName(text)) : Optional.empty();
    }
}

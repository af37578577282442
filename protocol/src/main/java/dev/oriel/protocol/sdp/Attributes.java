package dev.oriel.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code a=} lines of a session or a media section, in order (RFC 8866 section 5.13). Immutable. */
public final class Attributes {

    /** No lines at all. */
    public static final Attributes NONE = new Attributes(List.of());

    private final List<Attribute> lines;

    /**
     * One line.
     *
     * @param name what stands before the colon
     * @param value what stands after it; empty for a flag
     */
    public record Attribute(String name, String value) {
        @Override
        public String toString() {
            return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
        }
    }

    /** The given lines. */
    public Attributes(List<Attribute> lines) {
        this.lines = List.copyOf(lines);
    }

    /** All lines, in order. */
    public List<Attribute> lines() {
        return lines;
    }

    /** The value of the first line of this name; empty text for a flag. */
    public Optional<String> first(String name) {
        return lines.stream()
                .filter(a -> a.name().equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    /** The values of all lines of this name, in order. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(a -> a.name().equals(name))
                .map(Attribute::value)
                .toList();
    }

    /** Whether there is a line of this name. */
    public boolean has(String name) {
        return lines.stream().anyMatch(a -> a.name().equals(name));
    }

    /** The same lines and one more. */
    public Attributes with(String name, String value) {
        List<Attribute> more = new ArrayList<>(lines);
        more.add(new Attribute(name, value));
        return new Attributes(more);
    }

    /** The same lines and one more that has no value. */
    public Attributes with(String flag) {
        return with(flag, "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    static Attribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Attribute(text.strip(), "")
                : new Attribute(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
    }
}

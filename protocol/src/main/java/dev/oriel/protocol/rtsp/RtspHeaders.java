package dev.oriel.protocol.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a message, in order; names are found whatever their case (RFC 2326 section 4.2). Immutable.
 *
 * <p>{@code Content-Length} is not among them: it belongs to the framing, is taken away by the reader and put there by the
 * writer.
 */
public final class RtspHeaders {

    /** No fields at all. */
    public static final RtspHeaders NONE = new RtspHeaders(List.of());

    private final List<Field> fields;

    /**
     * One field.
     *
     * @param name as it is written
     * @param value without the blanks around it
     */
    public record Field(String name, String value) {

        /** @throws IllegalArgumentException if the field would break the message it stands in */
        public Field {
            if (name.isEmpty() || !isOneLine(name) || !isOneLine(value)) {
                throw new IllegalArgumentException("A header field has a name and stands on one line");
            }
        }

        private static boolean isOneLine(String text) {
            return text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
        }
    }

    /** The given fields. */
    public RtspHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** One field only; more by {@link #with}. */
    public static RtspHeaders of(String name, String value) {
        return NONE.with(name, value);
    }

    /** All fields, in order. */
    public List<Field> fields() {
        return fields;
    }

    /** The value of the first field of this name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The values of all fields of this name, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The same fields and one more. */
    public RtspHeaders with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new RtspHeaders(more);
    }

    /** The same fields but those of this name. */
    public RtspHeaders without(String name) {
        return new RtspHeaders(fields.stream()
                .filter(field -> !field.name().equalsIgnoreCase(name))
                .toList());
    }

    /** The number after {@code CSeq} (RFC 2326 section 12.17), or -1 where there is none that can be read. */
    public int cseq() {
        String text = first("CSeq").orElse("");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RtspHeaders that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The names only: values may hold credentials. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}

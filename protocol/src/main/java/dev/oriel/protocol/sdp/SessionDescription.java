package dev.oriel.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A session description as lines (RFC 8866 section 5).
 *
 * <p>Reading accepts what cameras and browsers send: line ends of either kind, blank lines, missing and misplaced session
 * lines, ports out of range, unknown line types. A text without any {@code x=} line is refused. Writing gives the lines in
 * the order the RFC wants.
 *
 * @param origin the text of the {@code o=} line
 * @param name the text of the {@code s=} line
 * @param connection the text of the session's {@code c=} line, where it has one
 * @param attributes the session's {@code a=} lines
 * @param media the media sections in order
 */
public record SessionDescription(
        String origin, String name, Optional<String> connection, Attributes attributes, List<MediaDescription> media) {

    /** The most media sections that are read; the rest is passed over. */
    public static final int MAX_MEDIA = 64;

    private static final int MAX_LINES = 8192;

    public SessionDescription {
        media = List.copyOf(media);
    }

    /** @throws SdpSyntaxException if the text is no session description, or has an {@code m=} line that cannot be read */
    public static SessionDescription parse(String text) {
        Reader reader = new Reader();
        int number = 0;
        for (String raw : text.split("\r\n|\n|\r", MAX_LINES)) {
            number++;
            String line = raw.strip();
            if (line.length() >= 2 && line.charAt(1) == '=') {
                reader.take(number, line.charAt(0), line.substring(2).strip());
            }
        }
        if (!reader.sawLine) {
            throw new SdpSyntaxException(1, "v=0");
        }
        return reader.finish();
    }

    /** The description as it goes on the wire. */
    public String write() {
        StringBuilder out = new StringBuilder(1024);
        line(out, "v=0");
        line(out, "o=" + origin);
        line(out, "s=" + (name.isEmpty() ? "-" : name));
        connection.ifPresent(c -> line(out, "c=" + c));
        line(out, "t=0 0");
        attributes.lines().forEach(a -> line(out, a.toString()));
        for (MediaDescription m : media) {
            line(
                    out,
                    "m=" + m.media() + " " + m.port() + " " + m.protocol()
                            + m.formats().stream().map(f -> " " + f).collect(Collectors.joining()));
            m.connection().ifPresent(c -> line(out, "c=" + c));
            m.attributes().lines().forEach(a -> line(out, a.toString()));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append("\r\n");
    }

    /** Collects lines into sections; everything after an m= line belongs to that section. */
    private static final class Reader {
        private boolean sawLine;
        private String origin = "- 0 0 IN IP4 0.0.0.0";
        private String name = "-";
        private Optional<String> connection = Optional.empty();
        private List<Attributes.Attribute> session = new ArrayList<>();
        private final List<MediaDescription> media = new ArrayList<>();
        private List<Attributes.Attribute> current = session;
        private Optional<MediaDescription> open = Optional.empty();

        void take(int number, char type, String value) {
            sawLine = true;
            switch (type) {
                case 'o' -> origin = value;
                case 's' -> name = value;
                case 'c' -> takeConnection(value);
                case 'a' -> current.add(Attributes.parse(value));
                case 'm' -> takeMedia(number, value);
                default -> {
                    // v, t, b, k and whatever else cameras write: nobody here asks for it.
                }
            }
        }

        private void takeConnection(String value) {
            open.ifPresentOrElse(
                    m -> open = Optional.of(new MediaDescription(
                            m.media(), m.port(), m.protocol(), m.formats(), Optional.of(value), m.attributes())),
                    () -> connection = Optional.of(value));
        }

        private void takeMedia(int number, String value) {
            closeMedia();
            String[] parts = value.split("\\s+");
            if (parts.length < 3) {
                throw new SdpSyntaxException(number, "m=<media> <port> <protocol> <formats>");
            }
            List<String> formats = List.of(parts).subList(3, parts.length);
            current = new ArrayList<>();
            open = Optional.of(new MediaDescription(
                    parts[0], port(parts[1]), parts[2], formats, Optional.empty(), Attributes.NONE));
        }

        private void closeMedia() {
            open.ifPresent(m -> {
                if (media.size() < MAX_MEDIA) {
                    media.add(m.with(new Attributes(current)));
                }
            });
            open = Optional.empty();
        }

        SessionDescription finish() {
            closeMedia();
            return new SessionDescription(origin, name, connection, new Attributes(session), media);
        }

        /** Some cameras write a negative port, or one with a count: the number only tells an accepted section from a rejected one. */
        private static int port(String text) {
            String digits = text.split("/", 2)[0];
            return digits.matches("\\d{1,5}") ? Math.min(Integer.parseInt(digits), 65535) : 0;
        }
    }
}

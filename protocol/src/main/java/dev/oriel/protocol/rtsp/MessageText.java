package dev.oriel.protocol.rtsp;

import dev.oriel.api.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What requests and responses have in common on the wire: a start line, header fields, an empty line, a body. */
final class MessageText {

    static final Bytes NO_BODY = Bytes.copyOf(new byte[0]);

    private static final int MAX_FIELDS = 256;
    private static final String CONTENT_LENGTH = "Content-Length";

    private MessageText() {}

    static ByteBuffer write(String startLine, RtspHeaders headers, Bytes body) {
        StringBuilder head = new StringBuilder(256);
        head.append(startLine).append("\r\n");
        for (RtspHeaders.Field field : headers.fields()) {
            if (!field.name().equalsIgnoreCase(CONTENT_LENGTH)) {
                head.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        if (body.length() > 0) {
            head.append(CONTENT_LENGTH).append(": ").append(body.length()).append("\r\n");
        }
        byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(text.length + body.length());
        return out.put(text).put(body.toArray()).flip();
    }

    /**
     * A message whose body has not come yet.
     *
     * @param startLine its first line
     * @param headers its fields, {@code Content-Length} taken out
     * @param bodyLength how many bytes follow
     */
    record Head(String startLine, RtspHeaders headers, int bodyLength) {

        /** @throws RtspSyntaxException if it is neither a request nor a response */
        void deliver(long position, Bytes body, RtspReader.Events events) {
            if (startLine.startsWith("RTSP/")) {
                events.onResponse(response(position, body));
            } else {
                events.onRequest(request(position, body));
            }
        }

        private RtspResponse response(long position, Bytes body) {
            String[] parts = startLine.split(" +", 3);
            if (parts.length < 2 || !parts[1].matches("[1-9]\\d\\d")) {
                throw new RtspSyntaxException(position, "a status line such as RTSP/1.0 200 OK");
            }
            String reason = parts.length < 3 ? "" : printable(parts[2]);
            return new RtspResponse(Integer.parseInt(parts[1]), reason, headers, body);
        }

        private RtspRequest request(long position, Bytes body) {
            String[] parts = startLine.split(" +", 3);
            if (parts.length < 3
                    || !parts[0].matches("[A-Za-z_-]{1,32}")
                    || !parts[2].startsWith("RTSP/")
                    || parts[1].isEmpty()
                    || parts[1].chars().anyMatch(c -> c <= ' ')) {
                throw new RtspSyntaxException(position, "a request line such as OPTIONS * RTSP/1.0");
            }
            return new RtspRequest(parts[0], parts[1], headers, body);
        }

        private static String printable(String text) {
            return text.chars().allMatch(c -> c >= ' ')
                    ? text.strip()
                    : text.replaceAll("\\p{Cntrl}", " ").strip();
        }
    }

    /**
     * Reads start line and fields; of several lengths the first one counts.
     *
     * @throws RtspSyntaxException if there are too many fields, or the body's length is no number or too large
     */
    static Head parse(long position, String text) {
        HeadText head = HeadText.parse(text);
        RtspHeaders headers = head.headers();
        if (headers.fields().size() > MAX_FIELDS) {
            throw new RtspSyntaxException(position, "at most " + MAX_FIELDS + " header fields");
        }
        String length = headers.first(CONTENT_LENGTH).orElse("0");
        return new Head(head.startLine(), headers.without(CONTENT_LENGTH), bodyLength(position, length));
    }

    private static int bodyLength(long position, String text) {
        int length = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (length < 0 || length > RtspReader.MAX_BODY_BYTES) {
            throw new RtspSyntaxException(position, "a Content-Length of 0 to " + RtspReader.MAX_BODY_BYTES);
        }
        return length;
    }
}

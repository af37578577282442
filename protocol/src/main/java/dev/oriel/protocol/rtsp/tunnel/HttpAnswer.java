package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.protocol.rtsp.HeadText;
import dev.oriel.protocol.rtsp.RtspHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The head of an HTTP response (RFC 9112 section 4).
 *
 * @param status 100 to 599
 * @param headers its fields
 */
record HttpAnswer(int status, RtspHeaders headers) {

    /** Whether it only says that another one follows (RFC 9110 section 15.2), which may come with it. */
    boolean isInformational() {
        return status < 200 && status != 101;
    }

    /** The most bytes up to the empty line. */
    static final int MAX_BYTES = 16 * 1024;

    /** A reader of one head; it leaves what comes behind it in the buffer. */
    static final class Reader {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private int lineLength;

        /**
         * Takes bytes up to the end of the head; empty until it is there.
         *
         * @throws IllegalArgumentException if this is no HTTP
         */
        Optional<HttpAnswer> read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte b = bytes.get();
                if (text.size() == 0 && (b == '\r' || b == '\n')) {
                    continue;
                }
                text.write(b);
                if (text.size() > MAX_BYTES) {
                    throw new IllegalArgumentException("An HTTP head ends within " + MAX_BYTES + " bytes");
                }
                if (b == '\n' && lineLength == 0) {
                    String head = text.toString(StandardCharsets.ISO_8859_1);
                    text.reset();
                    return Optional.of(parse(head));
                }
                lineLength = b == '\n' ? 0 : b == '\r' ? lineLength : lineLength + 1;
            }
            return Optional.empty();
        }
    }

    private static HttpAnswer parse(String text) {
        HeadText head = HeadText.parse(text);
        String[] first = head.startLine().split(" +", 3);
        if (first.length < 2 || !first[0].matches("(HTTP|RTSP)/\\d[.]\\d") || !first[1].matches("[1-5]\\d\\d")) {
            throw new IllegalArgumentException("An HTTP response begins with HTTP/1.1 and a status");
        }
        return new HttpAnswer(Integer.parseInt(first[1]), head.headers());
    }
}

package dev.oriel.protocol.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What else than RTSP may be behind a port, told by the first bytes that come from it; so that the user knows what to mend. */
public final class OtherProtocol {

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private OtherProtocol() {}

    /**
     * What the other side does, to go behind the name of the camera; absent if it is nothing known.
     *
     * @param first what came first, which is left as it is
     */
    public static Optional<String> of(ByteBuffer first) {
        if (isTls(first)) {
            return Optional.of("encrypts its connections (TLS): its URL begins with rtsps://, or has another port");
        }
        ByteBuffer head = first.slice();
        head.limit(Math.min(head.limit(), HTTP.length));
        return head.equals(ByteBuffer.wrap(HTTP))
                ? Optional.of("answers like a web server: RTSP is at another port, or in HTTP (rtsp+http://)")
                : Optional.empty();
    }

    /** A record of TLS (RFC 8446 section 5.1): an alert, since what we said was no greeting. */
    private static boolean isTls(ByteBuffer first) {
        int at = first.position();
        return first.remaining() >= 2 && first.get(at) >= 20 && first.get(at) <= 23 && first.get(at + 1) == 3;
    }
}

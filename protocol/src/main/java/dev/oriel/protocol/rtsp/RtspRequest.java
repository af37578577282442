package dev.oriel.protocol.rtsp;

import dev.oriel.api.media.Bytes;
import java.nio.ByteBuffer;

/**
 * A request (RFC 2326 section 6).
 *
 * @param method such as {@code DESCRIBE}; not limited to those of the RFC
 * @param uri an absolute URL or {@code *}, as it goes on the wire, without credentials
 * @param headers its header fields, without {@code Content-Length}
 * @param body may be empty
 */
public record RtspRequest(String method, String uri, RtspHeaders headers, Bytes body) {

    /** @throws IllegalArgumentException if method or URI would break the request line */
    public RtspRequest {
        if (!method.matches("[A-Za-z_-]{1,32}") || uri.isEmpty() || uri.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("A request has a method and a URI without blanks");
        }
    }

    /** A request without a body. */
    public static RtspRequest of(String method, String uri, RtspHeaders headers) {
        return new RtspRequest(method, uri, headers, MessageText.NO_BODY);
    }

    /** The request as it goes on the wire, in a buffer of its own. */
    public ByteBuffer write() {
        return MessageText.write(method + " " + uri + " RTSP/1.0", headers, body);
    }
}

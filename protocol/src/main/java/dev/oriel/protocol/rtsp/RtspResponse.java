package dev.oriel.protocol.rtsp;

import dev.oriel.api.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A response (RFC 2326 section 7).
 *
 * @param status 100 to 999
 * @param reason the phrase behind it; for people, may be empty
 * @param headers its header fields, without {@code Content-Length}
 * @param body may be empty
 */
public record RtspResponse(int status, String reason, RtspHeaders headers, Bytes body) {

    /** @throws IllegalArgumentException if status or reason would break the status line */
    public RtspResponse {
        if (status < 100 || status > 999 || reason.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("A response has a status of three digits and a reason on one line");
        }
    }

    /** A response without a body, with the reason phrase of RFC 2326 section 7.1.1. */
    public static RtspResponse of(int status, RtspHeaders headers) {
        return new RtspResponse(status, reasonOf(status), headers, MessageText.NO_BODY);
    }

    /** Whether the request was understood and done (2xx). */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body read as UTF-8. */
    public String bodyText() {
        return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    /** The response as it goes on the wire, in a buffer of its own. */
    public ByteBuffer write() {
        return MessageText.write("RTSP/1.0 " + status + " " + reason, headers, body);
    }

    /** The usual phrase for a status; for one that is not known, one that fits its class. */
    public static String reasonOf(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 200 -> "OK";
            case 301 -> "Moved Permanently";
            case 302 -> "Moved Temporarily";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 451 -> "Parameter Not Understood";
            case 453 -> "Not Enough Bandwidth";
            case 454 -> "Session Not Found";
            case 455 -> "Method Not Valid in This State";
            case 459 -> "Aggregate Operation Not Allowed";
            case 460 -> "Only Aggregate Operation Allowed";
            case 461 -> "Unsupported Transport";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "RTSP Version Not Supported";
            case 551 -> "Option Not Supported";
            default -> status < 300 ? "OK" : status < 400 ? "Elsewhere" : status < 500 ? "Refused" : "Failed";
        };
    }
}

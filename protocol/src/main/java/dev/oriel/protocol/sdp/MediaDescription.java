package dev.oriel.protocol.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One {@code m=} section (RFC 8866 section 5.14).
 *
 * @param media {@code audio}, {@code video}, {@code application} or something else
 * @param port 0 to 65535; 0 rejects the section in an answer
 * @param protocol such as {@code RTP/AVP} or {@code UDP/TLS/RTP/SAVPF}
 * @param formats payload types, or what the protocol has instead
 * @param connection the text of the section's {@code c=} line, where it has one
 * @param attributes its {@code a=} lines
 */
public record MediaDescription(
        String media,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> connection,
        Attributes attributes) {

    public MediaDescription {
        formats = List.copyOf(formats);
    }

    /** What an attribute says about one payload type: of {@code rtpmap:96 H264/90000} the part after the number. */
    public Optional<String> about(String attribute, String payloadType) {
        return attributes.all(attribute).stream()
                .map(value -> value.split("\\s+", 2))
                .filter(parts -> parts.length == 2 && parts[0].equals(payloadType))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    /** The same section with other attributes. */
    public MediaDescription with(Attributes other) {
        return new MediaDescription(media, port, protocol, formats, connection, other);
    }
}

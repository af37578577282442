package dev.oriel.protocol.webrtc;

import dev.oriel.protocol.sctp.SctpPorts;
import dev.oriel.protocol.sdp.Attributes;
import dev.oriel.protocol.sdp.MediaDescription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A section that asks for data channels, in its present form (RFC 8841) or in that of the drafts before it, which named the port
 * where the present one names what it is for.
 *
 * @param ports those of both sides
 * @param isOld whether it is written in the old form
 */
record DataSection(OfferedSection offered, SctpPorts ports, boolean isOld) {

    private static final String CHANNELS = "webrtc-datachannel";

    /** What is said to fit into one message, bytes; all is dropped anyway. */
    private static final String MAX_MESSAGE_SIZE = "65536";

    /** Reads one; empty if the section is no such, or was rejected by the viewer itself. */
    static Optional<DataSection> of(OfferedSection section) {
        MediaDescription lines = section.lines();
        boolean rejected = lines.port() == 0 && !lines.attributes().has("bundle-only");
        if (rejected
                || !lines.media().equalsIgnoreCase("application")
                || !lines.protocol().toUpperCase(Locale.ROOT).endsWith("DTLS/SCTP")
                || lines.formats().isEmpty()) {
            return Optional.empty();
        }
        String format = lines.formats().get(0);
        boolean isOld = !format.equalsIgnoreCase(CHANNELS);
        if (isOld
                && lines.about("sctpmap", format)
                        .filter(m -> m.startsWith(CHANNELS))
                        .isEmpty()) {
            return Optional.empty();
        }
        String port = isOld ? format : lines.attributes().first("sctp-port").orElse(String.valueOf(SctpPorts.USUAL));
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) == 0 || Integer.parseInt(port) > 65535) {
            return Optional.empty();
        }
        return Optional.of(new DataSection(section, new SctpPorts(SctpPorts.USUAL, Integer.parseInt(port)), isOld));
    }

    /** The formats of the answering section. */
    List<String> formats() {
        return List.of(isOld ? String.valueOf(ports.own()) : CHANNELS);
    }

    /** Adds what the answer says about the association. */
    Attributes write(Attributes before) {
        Attributes lines = isOld
                ? before.with("sctpmap", ports.own() + " " + CHANNELS + " 1024")
                : before.with("sctp-port", String.valueOf(ports.own()));
        return lines.with("max-message-size", MAX_MESSAGE_SIZE);
    }
}

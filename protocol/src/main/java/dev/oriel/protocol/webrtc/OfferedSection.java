package dev.oriel.protocol.webrtc;

import dev.oriel.api.media.MediaKind;
import dev.oriel.protocol.sdp.MediaDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One media section of an offer.
 *
 * @param lines as offered
 * @param mid its name; empty where it has none
 * @param direction as the viewer sees it
 */
record OfferedSection(MediaDescription lines, String mid, Direction direction) {

    /** Payload formats of a section, read together: number, encoding name in lower case, clock rate, channels, parameters. */
    record Format(
            String payloadType,
            String encoding,
            int clockRateHz,
            int channels,
            Optional<String> rtpmap,
            String parameters) {

        /** One of the {@code ;}-separated parameters of {@code a=fmtp}. */
        Optional<String> parameter(String name) {
            for (String part : parameters.split(";")) {
                String[] pair = part.strip().split("=", 2);
                if (pair.length == 2 && pair[0].strip().equalsIgnoreCase(name)) {
                    return Optional.of(pair[1].strip());
                }
            }
            return Optional.empty();
        }
    }

    private static final int MAX_FORMATS = 128;

    Optional<MediaKind> kind() {
        return switch (lines.media().toLowerCase(Locale.ROOT)) {
            case "video" -> Optional.of(MediaKind.VIDEO);
            case "audio" -> Optional.of(MediaKind.AUDIO);
            default -> Optional.empty();
        };
    }

    /** Whether the viewer asks to be sent something here, over DTLS-SRTP. */
    boolean asksForMedia() {
        return isOpen() && direction.receives() && kind().isPresent();
    }

    /** Whether the viewer has not itself rejected it; a port of 0 also means that it exists only within the bundle. */
    boolean isOpen() {
        return (lines.port() != 0 || lines.attributes().has("bundle-only"))
                && lines.protocol().toUpperCase(Locale.ROOT).contains("RTP/SAVP");
    }

    List<Format> formats() {
        List<Format> formats = new ArrayList<>();
        for (String type : lines.formats().subList(0, Math.min(lines.formats().size(), MAX_FORMATS))) {
            Optional<String> rtpmap = lines.about("rtpmap", type);
            String[] parts = rtpmap.or(() -> staticFormat(type)).orElse("?/0").split("/");
            int rate = parts.length > 1 && parts[1].matches("\\d{1,6}") ? Integer.parseInt(parts[1]) : 0;
            int channels = parts.length > 2 && parts[2].matches("\\d{1,2}") ? Integer.parseInt(parts[2]) : 1;
            formats.add(new Format(
                    type,
                    parts[0].toLowerCase(Locale.ROOT),
                    rate,
                    channels,
                    rtpmap,
                    lines.about("fmtp", type).orElse("")));
        }
        return formats;
    }

    /** The format in which packets of another one are sent again, where it is offered (RFC 4588 section 8.1). */
    Optional<Format> retransmission(Format of) {
        return formats().stream()
                .filter(f -> f.encoding().equals("rtx") && f.clockRateHz() == of.clockRateHz())
                .filter(f -> f.parameter("apt").equals(Optional.of(of.payloadType())))
                .filter(f -> f.payloadType().matches("\\d{1,2}|1[01]\\d|12[0-7]"))
                .findFirst();
    }

    /** The number under which a header extension is offered; only those of the one-byte form (RFC 8285 section 4.2). */
    OptionalInt extension(String uri) {
        for (String value : lines.attributes().all("extmap")) {
            String[] parts = value.split("\\s+");
            if (parts.length >= 2 && parts[1].equals(uri) && parts[0].matches("([1-9]|1[0-4])(/[a-z]+)?")) {
                return OptionalInt.of(Integer.parseInt(parts[0].split("/")[0]));
            }
        }
        return OptionalInt.empty();
    }

    /** RFC 3551 section 6: some formats have a number of their own and need no line that explains it. */
    private static Optional<String> staticFormat(String payloadType) {
        return switch (payloadType) {
            case "0" -> Optional.of("PCMU/8000");
            case "8" -> Optional.of("PCMA/8000");
            case "9" -> Optional.of("G722/8000");
            case "10" -> Optional.of("L16/44100/2");
            case "11" -> Optional.of("L16/44100/1");
            default -> Optional.empty();
        };
    }
}

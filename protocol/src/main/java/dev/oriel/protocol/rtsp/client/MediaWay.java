package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.protocol.rtsp.RtspScheme;
import java.util.List;
import java.util.Optional;

/** A way for media to come from a camera (RFC 2326 section 12.39). */
public enum MediaWay {
    /** On the RTSP connection. */
    TCP("TCP"),
    /** In datagrams to a pair of ports of ours for each track. */
    UDP("UDP"),
    /** In datagrams to a group, for whoever joins it. */
    MULTICAST("UDP multicast");

    private final String words;

    MediaWay(String words) {
        this.words = words;
    }

    /** The name for people. */
    public String words() {
        return words;
    }

    /**
     * The ways to try one after the other.
     *
     * @param known what worked last time; tried first where there is a choice
     */
    static List<MediaWay> toTry(SourceLocation camera, CameraOptions.Transport transport, Optional<MediaWay> known) {
        return switch (transport) {
            case TCP -> List.of(TCP);
            case UDP -> List.of(UDP);
            case MULTICAST -> List.of(MULTICAST);
            case AUTO -> {
                if (RtspScheme.of(camera).orElse(RtspScheme.PLAIN) != RtspScheme.PLAIN) {
                    // Who encrypts or tunnels the connection does not want media beside it.
                    yield List.of(TCP);
                }
                yield known.equals(Optional.of(UDP)) ? List.of(UDP, TCP) : List.of(TCP, UDP);
            }
        };
    }
}

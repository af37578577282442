package dev.oriel.protocol.webrtc;

import dev.oriel.protocol.sctp.SctpPorts;
import java.util.List;
import java.util.Optional;

/**
 * An answer, and what was agreed on in it.
 *
 * @param sdp the text to send back
 * @param tracks what the viewer gets, in the order of its sections; never empty
 * @param data the ports of the association that carries data channels; empty where none were asked for
 * @param beginsHandshake whether this side is the one that begins the DTLS handshake, because the viewer waits for it
 */
public record Answer(String sdp, List<SentTrack> tracks, Optional<SctpPorts> data, boolean beginsHandshake) {

    /** The name that binds the sources together in control packets. */
    public static final String CNAME = "oriel";

    public Answer {
        tracks = List.copyOf(tracks);
    }

    /** An answer without data channels to a viewer that begins the handshake itself. */
    public Answer(String sdp, List<SentTrack> tracks) {
        this(sdp, tracks, Optional.empty(), false);
    }
}

package dev.oriel.protocol.webrtc;

import java.util.List;

/**
 * An answer, and what was agreed on in it.
 *
 * @param sdp the text to send back
 * @param tracks what the viewer gets, in the order of its sections; never empty
 */
public record Answer(String sdp, List<SentTrack> tracks) {

    /** The name that binds the sources together in control packets. */
    public static final String CNAME = "oriel";

    public Answer {
        tracks = List.copyOf(tracks);
    }
}

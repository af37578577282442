package dev.oriel.api.viewer;

import dev.oriel.api.camera.StreamName;

/**
 * How a viewer is at one moment.
 *
 * @param id the session's id
 * @param stream what is watched
 * @param state where the session is in its life
 * @param packetsSent RTP packets sent, retransmissions included
 * @param bytesSent payload bytes sent
 * @param packetsLost what the viewer last reported as lost (RFC 3550 section 6.4.1), 0 until it reports
 * @param nacks retransmissions asked for
 * @param pictureRequests keyframes asked for (RFC 4585 section 6.3.1, RFC 5104 section 4.3.1)
 * @param dropped packets not sent because the viewer was too slow
 * @param whyNoPicture one sentence, empty while there is nothing to complain about
 */
public record ViewerStatus(
        String id,
        StreamName stream,
        State state,
        long packetsSent,
        long bytesSent,
        long packetsLost,
        long nacks,
        long pictureRequests,
        long dropped,
        String whyNoPicture) {

    /** Where a viewer is in its life. */
    public enum State {
        /** Answered; no usable network path yet. */
        CHECKING,
        /** A path is there; keys are being agreed on. */
        SECURING,
        /** Media flows. */
        PLAYING,
        /** Over. */
        ENDED
    }
}

package dev.oriel.api.viewer;

import dev.oriel.api.camera.StreamName;
import java.util.OptionalLong;

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
 * @param reception what the viewer says of the way its media took
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
        Reception reception,
        String whyNoPicture) {

    /** A viewer that has reported nothing. */
    public ViewerStatus(
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
        this(
                id,
                stream,
                state,
                packetsSent,
                bytesSent,
                packetsLost,
                nacks,
                pictureRequests,
                dropped,
                Reception.NONE,
                whyNoPicture);
    }

    /**
     * What a viewer last reported of the video it gets, or of the sound where there is no video (RFC 3550 section 6.4.1).
     *
     * @param lossFraction what was lost on the way since the report before, 0 to 1; what was sent again in time does not count
     *     where it takes the place of what was lost
     * @param jitterMicros how much the time that packets take differs from packet to packet
     * @param roundTripMicros to the viewer and back; absent until it has answered a sender report
     * @param bitsPerSecond what the viewer takes the way to carry (draft-alvestrand-rmcat-remb-03); absent where it says nothing
     */
    public record Reception(
            double lossFraction, long jitterMicros, OptionalLong roundTripMicros, OptionalLong bitsPerSecond) {

        /** Nothing has been reported. */
        public static final Reception NONE = new Reception(0, 0, OptionalLong.empty(), OptionalLong.empty());
    }

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

package dev.oriel.protocol.webrtc;

import dev.oriel.api.media.Track;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One track as a viewer gets it.
 *
 * @param track the camera's, as it was when the answer was made
 * @param payloadType the viewer's own number for the format, 0 to 127
 * @param ssrc the source, 32 bits
 * @param playoutDelayId the number of the header extension that says "show it at once", where the viewer knows it
 * @param rtx where what is sent again goes (RFC 4588); absent where it goes out a second time as it was
 */
public record SentTrack(Track track, int payloadType, int ssrc, OptionalInt playoutDelayId, Optional<Rtx> rtx) {

    /**
     * The stream of what is sent again.
     *
     * @param payloadType the viewer's own number, 0 to 127
     * @param ssrc its source, 32 bits, another one than the track's
     */
    public record Rtx(int payloadType, int ssrc) {}

    /** A track without a stream for what is sent again. */
    public SentTrack(Track track, int payloadType, int ssrc, OptionalInt playoutDelayId) {
        this(track, payloadType, ssrc, playoutDelayId, Optional.empty());
    }
}

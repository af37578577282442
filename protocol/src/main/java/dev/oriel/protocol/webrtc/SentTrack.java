package dev.oriel.protocol.webrtc;

import dev.oriel.api.media.Track;
import java.util.OptionalInt;

/**
 * One track as a viewer gets it.
 *
 * @param track the camera's, as it was when the answer was made
 * @param payloadType the viewer's own number for the format, 0 to 127
 * @param ssrc the source, 32 bits
 * @param playoutDelayId the number of the header extension that says "show it at once", where the viewer knows it
 */
public record SentTrack(Track track, int payloadType, int ssrc, OptionalInt playoutDelayId) {}

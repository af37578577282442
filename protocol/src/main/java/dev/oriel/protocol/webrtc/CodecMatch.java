package dev.oriel.protocol.webrtc;

import dev.oriel.api.media.Codec;
import dev.oriel.api.media.Track;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which offered format a track goes out in. */
final class CodecMatch {

    private CodecMatch() {}

    /** The best one; empty if the viewer cannot play the track. */
    static Optional<OfferedSection.Format> of(Track track, List<OfferedSection.Format> offered) {
        if (!isRtpPayload(track.codec())) {
            return Optional.empty();
        }
        List<OfferedSection.Format> named = offered.stream()
                .filter(f -> f.encoding().equals(track.codec().encodingName().toLowerCase(Locale.ROOT)))
                .filter(f -> f.clockRateHz() == track.clockRateHz())
                .filter(f -> f.channels() == track.channels() || track.codec() instanceof Codec.Opus)
                .toList();
        return track.codec() instanceof Codec.H264 h264
                ? h264(h264, named)
                : named.stream().findFirst();
    }

    /** Whether its packets are what the RTP payload format of that name has: access units and pictures are not. */
    private static boolean isRtpPayload(Codec codec) {
        return !(codec instanceof Codec.Other || codec instanceof Codec.Aac || codec instanceof Codec.Jpeg);
    }

    /**
     * Loosely, for two reasons: nearly every camera sends High profile, which browsers play but do not offer; and levels say
     * what a decoder must do at least. Only the packetization counts, and the nearest profile is preferred.
     */
    private static Optional<OfferedSection.Format> h264(Codec.H264 sent, List<OfferedSection.Format> offered) {
        String profile = sent.profileLevelId();
        return offered.stream()
                .filter(f -> f.parameter("packetization-mode").equals(Optional.of("1")))
                .min(Comparator.comparingInt(f -> distance(profile, f)));
    }

    private static int distance(String sent, OfferedSection.Format format) {
        String offered = format.parameter("profile-level-id").orElse("42e01f").toLowerCase(Locale.ROOT);
        if (offered.regionMatches(0, sent, 0, 4)) {
            return 0;
        }
        if (offered.regionMatches(0, sent, 0, 2)) {
            return 1;
        }
        return offered.equals("42e01f") ? 2 : 3;
    }
}

package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;
import java.util.Optional;

/**
 * What libwebrtc counted for one viewer, from its {@code getStats}. A section that receives nothing counts zero and has
 * an empty codec.
 *
 * @param framesDecoded video frames decoded
 * @param keyFramesDecoded of them, the ones that stand alone
 * @param framesDropped decoded too late to be shown
 * @param freezes pauses in the picture long enough to be seen
 * @param nacks requests to send a packet again
 * @param plis requests for a new keyframe
 * @param video the video section's packets
 * @param audio the audio section's packets
 * @param audioEnergy the W3C's {@code totalAudioEnergy}: above 0 when something was heard, 0 for silence
 */
public record ViewerStats(
        long framesDecoded,
        long keyFramesDecoded,
        long framesDropped,
        long freezes,
        long nacks,
        long plis,
        Packets video,
        Packets audio,
        double audioEnergy) {

    /**
     * One section's packets.
     *
     * @param received packets that came
     * @param lost packets that never came; below 0 when some came twice (RFC 3550, section 6.4.1)
     * @param codec the MIME type, such as {@code video/H264}; empty before the first packet
     */
    public record Packets(long received, long lost, String codec) {}

    static ViewerStats of(RTCStatsReport report) {
        Map<String, RTCStats> all = report.getStats();
        Map<String, Object> video = inbound(all, "video");
        Map<String, Object> audio = inbound(all, "audio");
        return new ViewerStats(
                number(video, "framesDecoded"),
                number(video, "keyFramesDecoded"),
                number(video, "framesDropped"),
                number(video, "freezeCount"),
                number(video, "nackCount"),
                number(video, "pliCount"),
                packets(all, video),
                packets(all, audio),
                audio.get("totalAudioEnergy") instanceof Number n ? n.doubleValue() : 0);
    }

    private static Map<String, Object> inbound(Map<String, RTCStats> all, String kind) {
        return all.values().stream()
                .filter(s -> s.getType() == RTCStatsType.INBOUND_RTP)
                .map(RTCStats::getAttributes)
                .filter(attributes -> kind.equals(attributes.get("kind")))
                .findFirst()
                .orElse(Map.of());
    }

    private static Packets packets(Map<String, RTCStats> all, Map<String, Object> inbound) {
        String codec = Optional.ofNullable(inbound.get("codecId"))
                .map(id -> all.get(String.valueOf(id)))
                .map(s -> String.valueOf(s.getAttributes().get("mimeType")))
                .orElse("");
        return new Packets(number(inbound, "packetsReceived"), number(inbound, "packetsLost"), codec);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number n ? n.longValue() : 0;
    }
}

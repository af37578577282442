package dev.oriel.core.hub;

import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.Track;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What is known of a camera when somebody asks why there is no picture.
 *
 * @param state where it is in its life
 * @param tracks what it sends
 * @param keyframeSeen whether a keyframe has come on this connection
 * @param failure why there is no media; absent while there is
 * @param retryNanos in how many nanoseconds it is tried again; absent if it is not waited for
 * @param silentNanos for how long nothing has come on the open connection
 * @param report what the engine knows
 */
record Diagnosis(
        StreamState state,
        List<Track> tracks,
        boolean keyframeSeen,
        Optional<RelayException> failure,
        OptionalLong retryNanos,
        long silentNanos,
        IngestReport report) {

    /** A camera that sends five pictures a second is not silent between two of them, nor is Wi-Fi at its hiccups. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long MANY = 50;
    private static final int HEAVY_PERCENT = 5;

    /** The most telling reason as one sentence or two for people, without a secret; empty if there is none. */
    String sentence() {
        String failed = failure.map(RelayException::sentence).orElse("");
        return switch (state) {
            case IDLE -> failed;
            case CONNECTING ->
                failed.isEmpty() ? "The camera is being opened." : ended(failed) + " It is being tried again now.";
            case BACKOFF -> ended(failed) + " It is tried again in " + seconds(retryNanos.orElse(0)) + ".";
            case ACTIVE, LINGERING -> whileOpen();
        };
    }

    private String whileOpen() {
        Optional<Codec> video = tracks.stream()
                .filter(track -> track.kind() == MediaKind.VIDEO)
                .map(Track::codec)
                .findFirst();
        if (video.isEmpty()) {
            return "The camera sends no video.";
        }
        if (video.get() instanceof Codec.Other other) {
            return "The camera sends its video as " + other.encodingName() + ", which is not forwarded.";
        }
        if (video.get() instanceof Codec.Jpeg) {
            return "The camera sends its video as JPEG, which browsers do not play over WebRTC;"
                    + " H.264 is chosen in its settings.";
        }
        if (silentNanos >= SILENT_NANOS) {
            return "Nothing has come from the camera for " + seconds(silentNanos) + ".";
        }
        // Whatever comes without parameter sets, nobody can decode it.
        if (lacksParameterSets(video.get()) && report.packets() >= MANY) {
            return "The camera has not sent the parameter sets without which its video cannot be decoded.";
        }
        if (!keyframeSeen) {
            return beforeKeyframe();
        }
        String order = order(report.picture().map(PictureReport::order).orElse(PictureReport.Order.AS_SHOWN));
        if (!order.isEmpty()) {
            return order;
        }
        long percent = report.lost() * 100 / Math.max(1, report.lost() + report.packets());
        if (report.lost() >= MANY && percent >= HEAVY_PERCENT) {
            return "Of 100 packets " + percent + " are lost on the way from the camera.";
        }
        return "";
    }

    private static String order(PictureReport.Order order) {
        return switch (order) {
            case AS_SHOWN -> "";
            case REORDERED ->
                "The camera sends B-frames, which browsers do not play; they are switched off in its settings.";
            case INTERLEAVED ->
                "The camera sends its video in interleaved mode, out of its order, which cannot be passed on;"
                        + " packetization mode 1 is chosen in its settings.";
        };
    }

    private String beforeKeyframe() {
        if (report.malformed() >= MANY && report.malformed() >= report.packets() / 2) {
            return "What the camera sends as its video makes no sense (" + report.malformed() + " of "
                    + report.packets() + " packets).";
        }
        long group =
                report.picture().map(picture -> picture.groupLength().toNanos()).orElse(0L);
        return group == 0
                ? "Waiting for the camera's first keyframe."
                : "Waiting for a keyframe, which this camera sends every " + seconds(group) + " or less often.";
    }

    private static boolean lacksParameterSets(Codec video) {
        return video instanceof Codec.H264 h264 && h264.parameterSets().isEmpty()
                || video instanceof Codec.H265 h265 && h265.parameterSets().isEmpty();
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, nanos < TimeUnit.SECONDS.toNanos(2) ? "%.1f s" : "%.0f s", nanos / 1e9);
    }
}

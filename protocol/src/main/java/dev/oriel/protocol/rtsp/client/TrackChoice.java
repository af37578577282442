package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.media.MediaKind;
import dev.oriel.protocol.rtp.MediaFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which of a camera's tracks are asked for: the first video that browsers play, else any that is understood,
 * and likewise a sound if it is wanted.
 */
final class TrackChoice {

    private TrackChoice() {}

    static List<MediaFormat> choose(List<MediaFormat> offered, CameraOptions.Audio audio) {
        List<MediaFormat> chosen = new ArrayList<>();
        first(offered, MediaKind.VIDEO, chosen);
        if (audio == CameraOptions.Audio.TAKEN) {
            first(offered, MediaKind.AUDIO, chosen);
        }
        return chosen;
    }

    /** What a camera offers, for a sentence. */
    static String describe(List<MediaFormat> offered) {
        return offered.isEmpty()
                ? "nothing at all"
                : offered.stream()
                        .map(f -> f.track().kind().name().toLowerCase(Locale.ROOT) + " "
                                + f.track().codec().encodingName().replaceAll("[^\\w.+-]", "?"))
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", "));
    }

    private static void first(List<MediaFormat> offered, MediaKind kind, List<MediaFormat> chosen) {
        offered.stream()
                .filter(f -> f.isUsable() && f.track().kind() == kind)
                .min(Comparator.comparingInt(MediaFormat::rank))
                .ifPresent(chosen::add);
    }
}

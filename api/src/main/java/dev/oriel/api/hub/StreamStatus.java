package dev.oriel.api.hub;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a camera is at one moment.
 *
 * @param name its name
 * @param url where it is, without credentials
 * @param state where it is in its life
 * @param tracks what it sends, empty until known
 * @param leases how many shares are given out
 * @param packets RTP packets received since it was opened
 * @param bytes payload bytes received since it was opened
 * @param groupPackets packets in the running group of pictures
 * @param whyNoPicture one sentence, empty while there is nothing to complain about
 * @param lastFailure why the last attempt came to nothing or how the last connection ended, kept until the next; absent if
 *     none has failed
 * @param report what the running or last connection knows
 */
public record StreamStatus(
        StreamName name,
        String url,
        StreamState state,
        List<Track> tracks,
        int leases,
        long packets,
        long bytes,
        int groupPackets,
        String whyNoPicture,
        Optional<RelayException> lastFailure,
        IngestReport report) {

    private static final Set<String> PLAYED = Set.of("OPUS", "PCMA", "PCMU", "G722");
    private static final Set<String> AAC = Set.of("MPEG4-GENERIC", "MP4A-LATM");

    /** How a camera is that nobody has asked for. */
    public static StreamStatus idle(StreamName name, String url) {
        return new StreamStatus(
                name, url, StreamState.IDLE, List.of(), 0, 0, 0, 0, "", Optional.empty(), IngestReport.NONE);
    }

    public StreamStatus {
        tracks = List.copyOf(tracks);
    }

    /** One sentence if the camera sends sound and none that browsers play; else empty, also for a camera without sound. */
    public String whyNoSound() {
        List<Codec> sounds = tracks.stream()
                .filter(track -> track.kind() == MediaKind.AUDIO)
                .map(Track::codec)
                .toList();
        if (sounds.isEmpty() || sounds.stream().anyMatch(StreamStatus::isPlayed)) {
            return "";
        }
        String names = sounds.stream().map(StreamStatus::spoken).distinct().collect(Collectors.joining(" and "));
        return "The camera's sound is " + names + ", which browsers do not play.";
    }

    /** By name, so that sound that is only named, such as that of a back channel, is no reason to complain. */
    private static boolean isPlayed(Codec codec) {
        return PLAYED.contains(codec.encodingName().toUpperCase(Locale.ROOT));
    }

    private static String spoken(Codec codec) {
        String name = codec.encodingName().replaceAll("[^\\w.+-]", "?");
        return AAC.contains(name.toUpperCase(Locale.ROOT)) ? "AAC" : name;
    }
}

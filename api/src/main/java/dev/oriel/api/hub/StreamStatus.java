package dev.oriel.api.hub;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.Track;
import java.util.List;

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
        String whyNoPicture) {

    public StreamStatus {
        tracks = List.copyOf(tracks);
    }
}

package dev.oriel.core.hub;

import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place where one camera's packets go to all its sinks, and where the group of pictures is kept.
 *
 * <p>Per packet it runs over an array and makes nothing. Confined to one thread at a time by its owner, whose lock makes an
 * attach or a replay one step with respect to live packets. A sink may attach, replay or close from within its own
 * callbacks: a replay then shows what came before the packet at hand.
 */
final class FanOut {

    private static final Outlet[] NONE = {};

    private final GroupOfPictures group = new GroupOfPictures();
    private Outlet[] outlets = NONE;
    private List<Track> tracks = List.of();
    private @Nullable Track video;
    private boolean keyframeSeen;
    private boolean broken;
    private long packets;
    private long bytes;

    /** A connection is made anew: counters start again, and video resumes at a keyframe. */
    void reset() {
        packets = 0;
        bytes = 0;
        interrupt();
    }

    /** The connection is over: what is kept is forgotten, and video resumes at a keyframe. */
    void interrupt() {
        group.clear();
        keyframeSeen = false;
        for (Outlet outlet : outlets) {
            outlet.awaitKeyframe();
        }
    }

    /** The tracks from now on. */
    void tracks(List<Track> now) {
        tracks = List.copyOf(now);
        video = tracks.stream()
                .filter(track -> track.kind() == MediaKind.VIDEO)
                .findFirst()
                .orElse(null);
        group.clear();
        for (Outlet outlet : outlets) {
            outlet.tracks(tracks);
            broken |= outlet.failure() != null;
        }
    }

    /** One packet of a track. */
    void packet(Track track, RtpPacket packet) {
        packets++;
        bytes += packet.payloadLength();
        boolean isVideo = track.kind() == MediaKind.VIDEO;
        keyframeSeen |= packet.startsKeyframe();
        Outlet[] now = outlets;
        for (Outlet outlet : now) {
            outlet.packet(track, packet, isVideo);
            broken |= outlet.failure() != null;
        }
        if (outlets != now) {
            tellNewcomers(now, track, packet, isVideo);
        }
        if (isVideo && video != null && video.index() == track.index()) {
            group.add(packet);
        }
    }

    /** Adds a sink, and tells it the tracks and the group. */
    void attach(Outlet outlet) {
        Outlet[] more = Arrays.copyOf(outlets, outlets.length + 1);
        more[outlets.length] = outlet;
        outlets = more;
        outlet.tracks(tracks);
        replay(outlet);
    }

    /** Tells a sink the group once more. */
    void replay(Outlet outlet) {
        Track track = video;
        if (track != null) {
            for (RtpPacket packet : List.copyOf(group.packets())) {
                outlet.packet(track, packet, true);
            }
        }
        broken |= outlet.failure() != null;
    }

    /** Takes a sink away; idempotent. */
    void detach(Outlet outlet) {
        List<Outlet> rest = new ArrayList<>(Arrays.asList(outlets));
        if (rest.remove(outlet)) {
            outlets = rest.toArray(NONE);
        }
    }

    /** Whether some sink has thrown since this was last asked. */
    boolean hasBroken() {
        boolean was = broken;
        broken = false;
        return was;
    }

    List<Track> tracks() {
        return tracks;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    int groupPackets() {
        return group.size();
    }

    /** Whether a keyframe has come on this connection. */
    boolean keyframeSeen() {
        return keyframeSeen;
    }

    private void tellNewcomers(Outlet[] before, Track track, RtpPacket packet, boolean isVideo) {
        for (Outlet outlet : outlets) {
            if (!Arrays.asList(before).contains(outlet)) {
                outlet.packet(track, packet, isVideo);
                broken |= outlet.failure() != null;
            }
        }
    }
}

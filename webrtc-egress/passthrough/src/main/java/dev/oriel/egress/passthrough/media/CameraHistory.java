package dev.oriel.egress.passthrough.media;

import dev.oriel.api.camera.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the viewers of one camera share: the packets sent last, a track each. Confined to one thread. */
public final class CameraHistory {

    private final List<SharedPackets> tracks = new ArrayList<>();
    private int users;

    /** The packets of the track of an index, 0 to 63. */
    SharedPackets track(int index) {
        while (tracks.size() <= index) {
            tracks.add(new SharedPackets());
        }
        return tracks.get(index);
    }

    /** Forgets what is old; to be called each second at least, and by each viewer that likes to. */
    void age(long nowNanos) {
        tracks.forEach(t -> t.age(nowNanos));
    }

    /** The histories of all cameras that are watched. Confined to one thread. */
    public static final class Shelf {

        private final Map<StreamName, CameraHistory> cameras = new HashMap<>();

        /** The history of a camera, to be {@linkplain #giveBack given back} once. */
        public CameraHistory take(StreamName camera) {
            CameraHistory history = cameras.computeIfAbsent(camera, name -> new CameraHistory());
            history.users++;
            return history;
        }

        /** One viewer less; with the last one the history goes. */
        public void giveBack(StreamName camera) {
            cameras.computeIfPresent(camera, (name, history) -> --history.users == 0 ? null : history);
        }
    }
}

package dev.oriel.protocol.rtp;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;

/** A sink that keeps nothing. */
final class Silent implements MediaSink {

    @Override
    public void onTracks(List<Track> tracks) {}

    @Override
    public void onPacket(Track track, RtpPacket packet) {}

    @Override
    public void onEnd(EndReason reason) {}
}

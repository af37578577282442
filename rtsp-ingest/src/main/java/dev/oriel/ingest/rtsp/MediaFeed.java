package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaSink;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtp.MediaReceiver;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.client.MediaWay;
import dev.oriel.protocol.rtsp.client.RtspClientMachine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of the media from the machine to the sink. Confined to the session's event loop. */
final class MediaFeed implements RtspClientMachine.Media {

    private final String around;
    private final MediaSink sink;
    private @Nullable MediaReceiver receiver;

    MediaFeed(SourceLocation camera, MediaSink sink) {
        this.around = RtspScheme.of(camera).map(RtspScheme::around).orElse("");
        this.sink = sink;
    }

    boolean hasBegun() {
        return receiver != null;
    }

    /** What is known by now. */
    IngestReport report(RtspClientMachine machine) {
        MediaReceiver.Counters counters = receiver == null ? new MediaReceiver.Counters(0, 0, 0) : receiver.counters();
        return new IngestReport(
                machine.way().map(this::words).orElse(""),
                hasBegun() ? machine.keepaliveMethod() : "",
                counters.packets(),
                counters.lost(),
                counters.malformed(),
                machine.skippedBytes(),
                receiver == null ? Optional.empty() : receiver.picture(),
                receiver == null ? List.of() : receiver.remarks());
    }

    private String words(MediaWay way) {
        return way == MediaWay.TCP && !around.isEmpty() ? way.words() + " in " + around : way.words();
    }

    @Override
    public void begin(List<MediaFormat> offered, List<MediaFormat> selected) {
        receiver = new MediaReceiver(offered, selected, sink);
        receiver.begin();
    }

    @Override
    public void rtp(long arrivedNanos, int line, byte[] bytes, int offset, int length) {
        if (receiver != null) {
            receiver.rtp(arrivedNanos, line, bytes, offset, length);
        }
    }

    @Override
    public void rtcp(int line, byte[] bytes, int offset, int length) {
        if (receiver != null) {
            receiver.rtcp(line, bytes, offset, length);
        }
    }
}

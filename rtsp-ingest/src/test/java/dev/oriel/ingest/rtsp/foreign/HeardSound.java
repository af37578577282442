package dev.oriel.ingest.rtsp.foreign;

import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The sound of a camera as a file that FFmpeg can read: AAC as ADTS frames, all else as it is. Written on the engine's thread. */
final class HeardSound implements MediaSink {

    /**
     * What was heard.
     *
     * @param track as told when enough had come
     * @param file its media
     * @param steps of the timestamps, each once
     */
    record Sound(Track track, byte[] file, List<Integer> steps) {}

    private final CompletableFuture<Sound> heard = new CompletableFuture<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unit = new ByteArrayOutputStream();
    private final List<Integer> steps = new ArrayList<>();
    private final int wantedSeconds;
    private Optional<Integer> first = Optional.empty();
    private int last;

    HeardSound(int wantedSeconds) {
        this.wantedSeconds = wantedSeconds;
    }

    /** The sound, once so many seconds of it have come. */
    Sound await() throws Exception {
        return heard.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onTracks(List<Track> tracks) {}

    @Override
    public void onPacket(Track track, RtpPacket packet) {
        if (track.kind() != MediaKind.AUDIO || heard.isDone()) {
            return;
        }
        boolean begins = unit.size() == 0;
        if (begins && first.isPresent() && !steps.contains(packet.timestamp() - last)) {
            steps.add(packet.timestamp() - last);
        }
        first = first.isPresent() ? first : Optional.of(packet.timestamp());
        last = packet.timestamp();
        byte[] payload = new byte[packet.payloadLength()];
        packet.copyPayload(payload, 0);
        unit.writeBytes(payload);
        boolean whole = !(track.codec() instanceof Codec.Aac) || packet.marker();
        if (whole) {
            if (track.codec() instanceof Codec.Aac aac) {
                file.writeBytes(adts(aac, unit.size()));
            }
            file.writeBytes(unit.toByteArray());
            unit.reset();
        }
        if (whole && last - first.orElse(last) >= wantedSeconds * track.clockRateHz()) {
            heard.complete(new Sound(track, file.toByteArray(), steps));
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        heard.completeExceptionally(new AssertionError(reason.sentence()));
    }

    /** A header for a unit, written from the config alone (ISO/IEC 14496-3 section 1.A.2.2). */
    private static byte[] adts(Codec.Aac aac, int unitBytes) {
        int config = (aac.config().at(0) & 0xff) << 8 | aac.config().at(1) & 0xff;
        int profile = (config >> 11) - 1;
        int rate = config >> 7 & 15;
        int channels = config >> 3 & 15;
        if (rate > 12) {
            throw new AssertionError("No header can say the rate of " + aac.config());
        }
        int length = unitBytes + 7;
        return new byte[] {
            (byte) 0xff,
            (byte) 0xf1,
            (byte) (profile << 6 | rate << 2 | channels >> 2),
            (byte) (channels << 6 | length >> 11),
            (byte) (length >> 3),
            (byte) (length << 5 | 0x1f),
            (byte) 0xfc
        };
    }
}

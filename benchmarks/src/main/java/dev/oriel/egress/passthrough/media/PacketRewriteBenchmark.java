package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.webrtc.SentTrack;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What becomes of a camera's packet for one viewer before it is sent: its numbers are rewritten, and it is encrypted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketRewriteBenchmark {

    private static final int VIEWERS = 50;
    private static final int PAYLOAD_BYTES = 1200;

    /** The protection profile. */
    @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    private final byte[] payload = new byte[PAYLOAD_BYTES];
    private final MediaFlow.Scratch scratch = MediaFlow.Scratch.create();
    private final TrackSender[] tracks = new TrackSender[VIEWERS];
    private final SrtpSender[] senders = new SrtpSender[VIEWERS];
    private int sequence;

    /** Once for each profile. */
    @Setup
    public void begin() {
        Track track = new Track(0, MediaKind.VIDEO, new Codec.H264(List.of(Bytes.copyOf(payload, 0, 4))), 90_000, 1);
        MasterKey key = new MasterKey(profile, new byte[SrtpProfile.KEY_BYTES], new byte[profile.saltBytes()]);
        for (int i = 0; i < VIEWERS; i++) {
            tracks[i] = new TrackSender(new SentTrack(track, 102, i, OptionalInt.empty()), 100 * i, i);
            senders[i] = new SrtpSender(key);
        }
    }

    /** One packet for fifty viewers; the figure is for one of them. */
    @Benchmark
    @OperationsPerInvocation(VIEWERS)
    public int rewriteAndProtect() {
        sequence++;
        RtpPacket packet = new RtpPacket(
                sequence & 0xffff,
                sequence / 12 * 3600,
                sequence % 12 == 0,
                false,
                sequence,
                payload,
                0,
                PAYLOAD_BYTES);
        int bytes = 0;
        for (int i = 0; i < VIEWERS; i++) {
            int length = tracks[i].live(packet, scratch.plain());
            bytes += senders[i].protect(scratch.plain(), length, tracks[i].index(), scratch.sealed());
        }
        return bytes;
    }
}

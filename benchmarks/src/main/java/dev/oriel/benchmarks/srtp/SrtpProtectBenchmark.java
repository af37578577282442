package dev.oriel.benchmarks.srtp;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encrypts one packet of 1200 bytes of payload, each with the next number. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SrtpProtectBenchmark {

    private static final int PACKET_BYTES = 1212;

    /** The protection profile. */
    @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    private final byte[] packet = new byte[PACKET_BYTES];
    private final byte[] sealed = new byte[2048];
    private SrtpSender sender = sender();
    private long index;

    /** Once for each profile. */
    @Setup
    public void begin() {
        sender = sender();
        ByteBuffer.wrap(packet)
                .put((byte) 0x80)
                .put((byte) 102)
                .putShort((short) 0)
                .putInt(90)
                .putInt(7);
    }

    /** One packet. */
    @Benchmark
    public int protect() {
        index++;
        packet[2] = (byte) (index >> 8);
        packet[3] = (byte) index;
        return sender.protect(packet, PACKET_BYTES, index, sealed);
    }

    private SrtpSender sender() {
        return new SrtpSender(new MasterKey(profile, new byte[SrtpProfile.KEY_BYTES], new byte[profile.saltBytes()]));
    }
}

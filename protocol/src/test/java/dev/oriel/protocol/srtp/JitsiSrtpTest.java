package dev.oriel.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another implementation reads what ours writes, and writes what ours reads; sequence numbers start anew on the way. */
class JitsiSrtpTest {

    private static final int SSRC = 0x12345678;
    private static final int FIRST = 65_000;
    private static final int PACKETS = 2_000;

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void media_ofOurs_isReadByTheOther(SrtpProfile profile) throws Exception {
        MasterKey key = key(profile);
        SrtpSender sender = new SrtpSender(key);
        SrtpCryptoContext other = factory(key, false).deriveContext(SSRC, 0);
        for (int i = 0; i < PACKETS; i++) {
            byte[] plain = packet(i);
            byte[] out = new byte[plain.length + SrtpSender.MAX_GROWTH];

            int length = sender.protect(plain, plain.length, FIRST + i, out);

            Buffer buffer = new Buffer(out, length);
            assertEquals(SrtpErrorStatus.OK, other.reverseTransformPacket(buffer, false), "packet " + i);
            assertArrayEquals(plain, buffer.content(), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void media_ofTheOther_isReadByOurs(SrtpProfile profile) throws Exception {
        MasterKey key = key(profile);
        SrtpReceiver receiver = new SrtpReceiver(key);
        SrtpCryptoContext other = factory(key, true).deriveContext(SSRC, 0);
        for (int i = 0; i < PACKETS; i++) {
            byte[] plain = packet(i);
            Buffer buffer = new Buffer(plain, plain.length);
            assertEquals(SrtpErrorStatus.OK, other.transformPacket(buffer));
            byte[] out = new byte[plain.length + 100];

            OptionalInt length = receiver.unprotect(buffer.getBuffer(), buffer.getOffset(), buffer.getLength(), out);

            assertEquals(OptionalInt.of(plain.length), length, "packet " + i);
            assertArrayEquals(plain, Arrays.copyOf(out, plain.length), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void control_goesBothWays(SrtpProfile profile) throws Exception {
        MasterKey key = key(profile);
        SrtpSender sender = new SrtpSender(key);
        SrtpReceiver receiver = new SrtpReceiver(key);
        SrtcpCryptoContext reading = factory(key, false).deriveControlContext(SSRC);
        SrtcpCryptoContext writing = factory(key, true).deriveControlContext(SSRC);
        for (int i = 0; i < 200; i++) {
            byte[] plain = report(i);
            byte[] out = new byte[plain.length + SrtpSender.MAX_GROWTH];
            Buffer ours = new Buffer(out, sender.protectControl(plain, plain.length, out));
            assertEquals(SrtpErrorStatus.OK, reading.reverseTransformPacket(ours), "report " + i);
            assertArrayEquals(plain, ours.content());

            Buffer theirs = new Buffer(plain, plain.length);
            assertEquals(SrtpErrorStatus.OK, writing.transformPacket(theirs));
            byte[] read = new byte[plain.length + 100];
            OptionalInt length =
                    receiver.unprotectControl(theirs.getBuffer(), theirs.getOffset(), theirs.getLength(), read);
            assertEquals(OptionalInt.of(plain.length), length, "report " + i);
            assertArrayEquals(plain, Arrays.copyOf(read, plain.length));
        }
    }

    private static MasterKey key(SrtpProfile profile) {
        Random random = new Random(7);
        byte[] exported = new byte[MasterKey.exportedBytes(profile)];
        random.nextBytes(exported);
        return MasterKey.ofServer(profile, exported);
    }

    private static SrtpContextFactory factory(MasterKey key, boolean sender) {
        boolean gcm = key.profile() == SrtpProfile.AEAD_AES_128_GCM;
        SrtpPolicy policy = gcm
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        return new SrtpContextFactory(
                sender, key.key().clone(), key.salt().clone(), policy, policy, new LoggerImpl("oracle"));
    }

    private static byte[] packet(int i) {
        byte[] packet = new byte[12 + 8 + i % 1100];
        new Random(i).nextBytes(packet);
        boolean extended = i % 3 == 0;
        ByteBuffer.wrap(packet)
                .put((byte) (extended ? 0x90 : 0x80))
                .put((byte) 96)
                .putShort((short) (FIRST + i))
                .putInt(i)
                .putInt(SSRC)
                .putShort((short) 0xbede)
                .putShort((short) 1)
                .putInt(0x50000000);
        return packet;
    }

    private static byte[] report(int i) {
        byte[] report = new byte[28];
        new Random(i).nextBytes(report);
        ByteBuffer.wrap(report)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .putInt(SSRC);
        return report;
    }

    /** Bytes with room behind them, as the other wants them. */
    private static final class Buffer implements ByteArrayBuffer {
        private byte[] bytes;
        private int offset;
        private int length;

        Buffer(byte[] content, int length) {
            this.bytes = Arrays.copyOf(content, length + 100);
            this.length = length;
        }

        byte[] content() {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int newOffset) {
            offset = newOffset;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] out) {
            System.arraycopy(bytes, offset + from, out, 0, count);
        }

        @Override
        public void grow(int more) {
            bytes = Arrays.copyOf(bytes, bytes.length + more);
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, bytes, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int less) {
            length -= less;
        }
    }
}

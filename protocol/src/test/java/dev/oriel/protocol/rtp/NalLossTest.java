package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is lost, late or doubled on the way never makes a NAL unit of halves: what a viewer puts together out of packets with
 * consecutive numbers is, byte for byte, what the camera has sent.
 */
class NalLossTest {

    private static final int PICTURES = 400;

    private final Set<Bytes> sent = new HashSet<>();
    private final List<byte[]> packets = new ArrayList<>();
    private int sequence = 65_000;

    static Stream<Arguments> cases() {
        return Stream.of(NalSyntax.values())
                .flatMap(syntax -> IntStream.rangeClosed(1, 12)
                        .boxed()
                        .flatMap(seed -> Stream.of(0, 1, 5, 20).map(loss -> Arguments.of(syntax, seed, loss))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nalUnits_afterLoss_areWholeOrMissing(NalSyntax syntax, int seed, int lossPercent) {
        Random random = new Random(seed);
        for (int i = 0; i < PICTURES; i++) {
            picture(syntax, random, i);
        }
        Collected collected = Collected.ofAny(syntax);
        List<byte[]> arrived = lossPercent == 0 ? packets : disturbed(random, lossPercent);
        arrived.forEach(collected::arrive);

        List<Bytes> complete = complete(syntax, collected.packets);
        for (Bytes nal : complete) {
            assertTrue(sent.contains(nal), () -> "nobody sent this: " + nal.length() + " bytes, seed " + seed);
        }
        long slices = complete.stream().filter(nal -> isSlice(syntax, nal)).count();
        if (lossPercent == 0) {
            assertEquals(sent.stream().filter(nal -> isSlice(syntax, nal)).count(), slices);
        } else {
            assertTrue(slices > PICTURES / 4, () -> "only " + slices + " slices came through");
        }
    }

    /** A few slices, sometimes with parameter sets and a message in front; packed as it comes. */
    private void picture(NalSyntax syntax, Random random, int index) {
        boolean key = index % 20 == 0;
        boolean h264 = syntax == NalSyntax.H264;
        List<byte[]> nals = new ArrayList<>();
        if (key) {
            nals.add(nal(random, 20 + random.nextInt(20), h264 ? "67" : "4201"));
            nals.add(nal(random, 6, h264 ? "68" : "4401"));
        }
        if (random.nextInt(4) == 0) {
            nals.add(nal(random, 10 + random.nextInt(30), h264 ? "06" : "4e01"));
        }
        int slices = 1 + random.nextInt(3);
        for (int i = 0; i < slices; i++) {
            String header = h264 ? key ? "65" : "41" : key ? "2601" : "0201";
            nals.add(nal(
                    random, 5 + random.nextInt(random.nextBoolean() ? 200 : 6000), header + (i == 0 ? "80" : "40")));
        }
        nals.forEach(nal -> sent.add(Bytes.copyOf(nal)));
        pack(syntax, random, index * 3600, nals);
    }

    /** Random bytes without zeros, so that no start code is among them; the first byte behind the header is given. */
    private static byte[] nal(Random random, int length, String start) {
        byte[] nal = new byte[length];
        for (int i = 0; i < length; i++) {
            nal[i] = (byte) (1 + random.nextInt(255));
        }
        byte[] head = RtpBytes.hex(start);
        System.arraycopy(head, 0, nal, 0, head.length);
        return nal;
    }

    private void pack(NalSyntax syntax, Random random, int timestamp, List<byte[]> nals) {
        int largest = 400 + random.nextInt(1400);
        for (int i = 0; i < nals.size(); i++) {
            byte[] nal = nals.get(i);
            boolean last = i == nals.size() - 1;
            if (nal.length > largest) {
                fragments(syntax, timestamp, last, nal, largest);
            } else if (!last && nal.length + nals.get(i + 1).length < largest && random.nextBoolean()) {
                byte[] next = nals.get(i + 1);
                byte[] header = syntax == NalSyntax.H264 ? RtpBytes.hex("78") : RtpBytes.hex("6001");
                i++;
                send(timestamp, i == nals.size() - 1, RtpBytes.join(header, sized(nal), sized(next)));
            } else {
                send(timestamp, last, nal);
            }
        }
    }

    private static byte[] sized(byte[] nal) {
        return RtpBytes.join(new byte[] {(byte) (nal.length >> 8), (byte) nal.length}, nal);
    }

    private void fragments(NalSyntax syntax, int timestamp, boolean last, byte[] nal, int largest) {
        int header = syntax.header(nal, 0);
        int at = syntax.headerBytes();
        while (at < nal.length) {
            int length = Math.min(largest, nal.length - at);
            byte[] payload = new byte[syntax.headerBytes() + 1 + length];
            syntax.putHeader(payload, 0, syntax.withType(header, syntax.fragmentType()));
            boolean ends = at + length == nal.length;
            int flags =
                    (at == syntax.headerBytes() ? NalSyntax.FRAGMENT_START : 0) | (ends ? NalSyntax.FRAGMENT_END : 0);
            payload[syntax.headerBytes()] = (byte) (flags | syntax.type(header));
            System.arraycopy(nal, at, payload, syntax.headerBytes() + 1, length);
            send(timestamp, last && ends, payload);
            at += length;
        }
    }

    private void send(int timestamp, boolean marker, byte[] payload) {
        packets.add(RtpBytes.packet(sequence++, timestamp, marker, payload));
    }

    private List<byte[]> disturbed(Random random, int lossPercent) {
        List<byte[]> arrived = new ArrayList<>();
        for (byte[] packet : packets) {
            if (random.nextInt(100) < lossPercent) {
                continue;
            }
            int back = random.nextInt(30) == 0 ? Math.min(arrived.size(), random.nextInt(6)) : 0;
            arrived.add(arrived.size() - back, packet);
            if (random.nextInt(30) == 0) {
                arrived.add(packet);
            }
        }
        return arrived;
    }

    /** As a viewer does it: fragments belong together from a start to an end, if no number is missing between them. */
    private static List<Bytes> complete(NalSyntax syntax, List<RtpPacket> packets) {
        List<Bytes> all = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        boolean isOpen = false;
        int expected = -1;
        int overhead = syntax.headerBytes() + 1;
        for (RtpPacket packet : packets) {
            byte[] payload = new byte[packet.payloadLength()];
            packet.copyPayload(payload, 0);
            isOpen &= packet.sequenceNumber() == expected;
            expected = packet.sequenceNumber() + 1 & 0xffff;
            int header = syntax.header(payload, 0);
            boolean isFragment = syntax.type(header) == syntax.fragmentType();
            boolean goesOn = isFragment && (payload[overhead - 1] & NalSyntax.FRAGMENT_START) == 0;
            assertTrue(goesOn || !isOpen, "a NAL unit without its end, and no number is missing behind it");
            if (!isFragment) {
                if (syntax.type(header) != syntax.filler()) {
                    all.add(Bytes.copyOf(payload));
                }
                continue;
            }
            int flags = payload[overhead - 1];
            if ((flags & NalSyntax.FRAGMENT_START) != 0) {
                open.reset();
                isOpen = true;
                byte[] whole = new byte[syntax.headerBytes()];
                syntax.putHeader(whole, 0, syntax.withType(header, syntax.typeInFragment(flags)));
                open.writeBytes(whole);
            }
            open.writeBytes(Arrays.copyOfRange(payload, overhead, payload.length));
            if (isOpen && (flags & NalSyntax.FRAGMENT_END) != 0) {
                all.add(Bytes.copyOf(open.toByteArray()));
                isOpen = false;
            }
        }
        return all;
    }

    private static boolean isSlice(NalSyntax syntax, Bytes nal) {
        return switch (syntax.roleOf(syntax.header(nal.toArray(), 0))) {
            case SLICE, KEYFRAME_SLICE -> true;
            default -> false;
        };
    }
}

package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.picture.SequenceInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What any bytes do to the readers of video, of RTP headers and of parameter sets. */
class VideoFuzzTest {

    /** A row of packets behind two bytes of length each; a file that comes out begins and ends as one. */
    @FuzzTest(maxDuration = "1m")
    void jpeg(byte[] bytes) {
        List<RtpPacket> out = new ArrayList<>();
        JpegNormaliser normaliser =
                new JpegNormaliser(new PictureSize(640, 0), new NumberedPackets(out::add), size -> {});
        packets(bytes, normaliser);
        boolean begins = true;
        for (RtpPacket packet : out) {
            assertTrue(packet.payloadLength() > 0 && packet.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES);
            assertEquals(begins, packet.startsKeyframe());
            if (begins) {
                assertEquals(-1, packet.payloadAt(0));
                assertEquals((byte) 0xd8, packet.payloadAt(1));
            }
            begins = packet.marker();
            if (begins) {
                assertEquals((byte) 0xd9, packet.payloadAt(packet.payloadLength() - 1));
            }
        }
        assertTrue(begins, "a file without an end");
    }

    /** The same with what may be H.264 or H.265, numbered or not. */
    @FuzzTest(maxDuration = "1m")
    void nals(byte[] bytes) {
        for (NalSyntax syntax : NalSyntax.values()) {
            for (boolean numbered : new boolean[] {false, true}) {
                List<RtpPacket> out = new ArrayList<>();
                packets(
                        bytes,
                        new H26xNormaliser(syntax, List.of(), numbered, new NumberedPackets(out::add), codec -> {}));
                for (RtpPacket packet : out) {
                    assertTrue(packet.payloadLength() > 0 && packet.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES);
                }
            }
        }
    }

    /** A payload lies within its packet, and a packet is as long as its parts. */
    @FuzzTest(maxDuration = "1m")
    void header(byte[] bytes) {
        RtpView view = new RtpView();
        byte[] shifted = new byte[bytes.length + 3];
        System.arraycopy(bytes, 0, shifted, 3, bytes.length);
        if (view.moveTo(shifted, 3, bytes.length)) {
            int end = view.payloadOffset() + view.payloadLength();
            assertTrue(view.payloadOffset() >= 15 && view.payloadLength() >= 0 && end <= shifted.length);
            assertTrue(view.extensionOffset() >= 15
                    && view.extensionOffset() + view.extensionLength() <= view.payloadOffset());
            view.extensionProfile();
            view.timestamp();
            view.ssrc();
        }
    }

    /** What a description holds are sets; what makes sense of them is a size. */
    @FuzzTest(maxDuration = "1m")
    void sets(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (NalSyntax syntax : NalSyntax.values()) {
            List<Bytes> sets = new ArrayList<>(ParameterSets.decode(syntax, text));
            sets.add(Bytes.copyOf(bytes));
            ParameterSets kept = new ParameterSets(syntax, List.of());
            for (Bytes set : sets) {
                byte[] raw = set.toArray();
                kept.take(raw, 0, raw.length);
                SequenceInfo.of(syntax, raw, 0, raw.length).ifPresent(s -> {
                    assertTrue(s.widthPixels() > 0 && s.heightPixels() > 0);
                });
            }
            kept.toList().forEach(set -> assertTrue(sets.contains(set)));
        }
    }

    private static void packets(byte[] bytes, Normaliser normaliser) {
        SequenceTracker sequence = new SequenceTracker();
        RtpView view = new RtpView();
        int at = 0;
        while (at + 2 <= bytes.length) {
            int length = Math.min(RtpView.unsigned16(bytes, at), bytes.length - at - 2);
            byte[] packet = Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
            if (view.moveTo(packet, 0, length)) {
                SequenceTracker.Arrival arrival = sequence.arrived(view.sequenceNumber(), view.ssrc());
                if (arrival != SequenceTracker.Arrival.OLD) {
                    normaliser.receive(view, arrival, 0);
                }
            }
            at += 2 + length;
        }
    }
}

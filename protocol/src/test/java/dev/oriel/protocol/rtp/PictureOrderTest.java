package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.PictureReport.Order;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.picture.PictureMeter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of pictures in streams that no encoder at hand makes: parameter sets and slices written bit by bit. */
class PictureOrderTest {

    private final PictureMeter meter = new PictureMeter(90_000);
    private int number;

    /** A sequence parameter set of Main profile (section 7.3.2.1.1), up to its {@code pic_order_cnt_type}. */
    private static BitWriter sequence(int id, int orderType) {
        return new BitWriter()
                .u(8, 0x67)
                .u(8, 77)
                .u(16, 40)
                .ue(id)
                .ue(0) // four bits of frame_num
                .ue(orderType);
    }

    private static Bytes ended(BitWriter sequence, int widthMacroblocks) {
        return Bytes.copyOf(sequence.ue(1) // reference frames
                .u(1, 0)
                .ue(widthMacroblocks - 1)
                .ue(29)
                .u(1, 1) // frames only
                .u(1, 1)
                .u(1, 0) // no cropping
                .u(1, 0) // no usability information
                .end());
    }

    private static Bytes picture(int id, int sequenceId) {
        return Bytes.copyOf(
                new BitWriter().u(8, 0x68).ue(id).ue(sequenceId).u(2, 0).end());
    }

    private static BitWriter slice(int header, int type, int pictureSet, int frameNumber) {
        return new BitWriter().u(8, header).ue(0).ue(type).ue(pictureSet).u(4, frameNumber & 15);
    }

    private void send(BitWriter slice, boolean keyframe) {
        byte[] bytes = slice.u(16, 0xabcd).end();
        meter.packet(new RtpPacket(number, number * 3600, true, keyframe, 0, bytes, 0, bytes.length));
        number++;
    }

    private PictureReport report() {
        return meter.report().orElseThrow();
    }

    /** Order by frame_num alone (section 8.2.1.2): reference pictures are 4 apart, others in front of or behind them. */
    @ParameterizedTest
    @CsvSource({"-2, REORDERED", "2, AS_SHOWN", "0, AS_SHOWN"})
    void order_byFrameNumber_isThatOfTheCycle(int nonReferenceOffset, Order order) {
        BitWriter sequence = sequence(0, 1)
                .u(1, 1) // nothing about it in slices
                .se(nonReferenceOffset)
                .se(0)
                .ue(1)
                .se(4);
        meter.codec(new Codec.H264(List.of(ended(sequence, 40), picture(0, 0))));
        send(slice(0x65, 7, 0, 0).ue(0), true);
        for (int frame = 1; frame < 40; frame++) {
            send(slice(0x41, 5, 0, frame), false);
            send(slice(0x01, 5, 0, frame + 1), false);
        }

        assertEquals(order, report().order());
        assertEquals(640, report().widthPixels());
    }

    @Test
    void order_byFrameNumberAndWhatSlicesAdd_isTheirSum() {
        BitWriter sequence = sequence(0, 1).u(1, 0).se(0).se(0).ue(1).se(4);
        meter.codec(new Codec.H264(List.of(ended(sequence, 40), picture(0, 0))));
        send(slice(0x65, 7, 0, 0).ue(0).se(0), true);
        for (int frame = 1; frame < 10; frame++) {
            send(slice(0x41, 5, 0, frame).se(0), false);
            send(slice(0x01, 5, 0, frame + 1).se(1), false);
        }
        assertEquals(Order.AS_SHOWN, report().order());

        for (int frame = 10; frame < 15; frame++) {
            send(slice(0x41, 5, 0, frame).se(0), false);
            send(slice(0x01, 5, 0, frame + 1).se(-1), false);
        }
        assertEquals(Order.REORDERED, report().order());
    }

    /** The set a slice refers to counts, not the one that came last. */
    @Test
    void sets_several_areToldApartByTheirNumbers() {
        Bytes counted = ended(sequence(1, 0).ue(0), 20);
        Bytes asShown = ended(sequence(0, 2), 40);
        meter.codec(new Codec.H264(List.of(counted, asShown, picture(1, 1), picture(0, 0))));
        send(slice(0x65, 7, 1, 0).ue(0).u(4, 0), true);
        for (int i = 0; i < 5; i++) {
            send(slice(0x41, 5, 1, i).u(4, 4 * i + 4), false);
            send(slice(0x01, 6, 1, i).u(4, 4 * i + 2), false);
        }
        assertEquals(320, report().widthPixels());
        assertEquals(Order.REORDERED, report().order());

        meter.codec(new Codec.H264(List.of(asShown, counted, picture(0, 0), picture(1, 1))));
        send(slice(0x65, 7, 0, 0).ue(0), true);
        for (int i = 0; i < 5; i++) {
            send(slice(0x41, 5, 0, i).u(4, 4 * i + 4), false);
            send(slice(0x01, 6, 0, i).u(4, 4 * i + 2), false);
        }
        assertEquals(640, report().widthPixels());
        assertEquals(Order.AS_SHOWN, report().order());
    }
}

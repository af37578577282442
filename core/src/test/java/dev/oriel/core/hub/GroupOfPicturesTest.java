package dev.oriel.core.hub;

import static dev.oriel.core.hub.Fakes.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.media.RtpPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupOfPicturesTest {

    private final GroupOfPictures group = new GroupOfPictures();

    @Test
    void add_beforeAKeyframe_keepsNothing() {
        group.add(packet(1, false));

        assertEquals(0, group.size());
    }

    @Test
    void add_keyframe_beginsAnew() {
        group.add(packet(1, true));
        group.add(packet(2, false));
        group.add(packet(3, true));
        group.add(packet(4, false));

        assertEquals(
                List.of(3, 4),
                group.packets().stream().map(RtpPacket::sequenceNumber).toList());
    }

    @Test
    void add_secondMarkInTheSamePicture_staysInTheGroup() {
        group.add(Fakes.packet(1, 900, true, 10));
        group.add(Fakes.packet(2, 900, true, 10));

        assertEquals(2, group.size());
    }

    @Test
    void add_tooManyPackets_waitsForTheNextKeyframe() {
        group.add(packet(0, true));
        for (int i = 1; i < GroupOfPictures.MAX_PACKETS; i++) {
            group.add(packet(i, false));
        }
        assertEquals(GroupOfPictures.MAX_PACKETS, group.size());

        group.add(packet(1, false));
        assertEquals(0, group.size());
        group.add(packet(2, false));
        assertEquals(0, group.size());
        group.add(packet(3, true));
        assertEquals(1, group.size());
    }

    @Test
    void add_tooManyBytes_waitsForTheNextKeyframe() {
        int large = 1024 * 1024;
        group.add(Fakes.packet(0, 1, true, large));
        for (int i = 1; i < 12; i++) {
            group.add(Fakes.packet(i, 2, false, large));
        }
        assertEquals(12, group.size());

        group.add(Fakes.packet(12, 2, false, 1));
        assertEquals(0, group.size());
        group.add(packet(13, true));
        assertEquals(1, group.size());
    }
}

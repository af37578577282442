package dev.oriel.egress.passthrough.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.media.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketHistoryTest {

    private static final int MOST = 256;

    private final PacketHistory history = new PacketHistory(MOST);

    private void add(long index) {
        history.add(index, (int) index * 3, Packets.packet((int) index, 0, false, 0, 4));
    }

    private boolean keeps(long index) {
        RtpPacket found = history.packet(index);
        if (found == null) {
            return false;
        }
        assertEquals((int) index & 0xffff, found.sequenceNumber());
        assertEquals((int) index * 3, history.timestamp(index));
        return true;
    }

    @Test
    void age_whatWasThereBeforeTheLastCall_isForgotten() {
        add(10);
        history.age();
        add(11);
        assertEquals(List.of(true, true), List.of(keeps(10), keeps(11)));

        history.age();
        assertEquals(List.of(false, true), List.of(keeps(10), keeps(11)));
        history.age();
        assertEquals(List.of(false, false), List.of(keeps(10), keeps(11)));
    }

    /** Against a list, with gaps of all sizes, bursts beyond the bound, and ageing in between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void add_anyRow_keepsExactlyTheNewest(long seed) {
        Random random = new Random(seed);
        List<Long> sent = new ArrayList<>();
        long index = random.nextInt(100);
        long aged = -1;
        long forgotten = -1;
        for (int step = 0; step < 5000; step++) {
            index += random.nextInt(20) == 0 ? 1 + random.nextInt(random.nextInt(50) == 0 ? 600 : 5) : 1;
            add(index);
            sent.add(index);
            if (random.nextInt(step % 1000 < 500 ? 40 : 400) == 0) {
                history.age();
                forgotten = aged;
                aged = index;
            }
            long oldest = Math.max(forgotten, index - MOST);
            for (long asked = Math.max(0, index - MOST - 3); asked <= index + 2; asked += 1 + random.nextInt(30)) {
                assertEquals(asked > oldest && sent.contains(asked), keeps(asked), index + " asked for " + asked);
            }
            if (sent.size() > 2 * MOST) {
                sent.remove(0);
            }
        }
    }
}

package dev.oriel.egress.passthrough.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.RtpPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentPacketsTest {

    private static final long SECOND = 1_000_000_000L;

    private record Sent(RtpPacket packet, int timestamp) {}

    /** One viewer with its own numbers and pace, and everything it was ever sent. */
    private static final class Watcher {
        private final SentPackets history = new SentPackets(64);
        private final Map<Long, Sent> sent = new HashMap<>();
        private long index;
        private int offset;
        private int at;

        Watcher(SharedPackets shared, long index) {
            this.index = index;
            history.lieIn(shared);
        }

        void send(RtpPacket packet) {
            index++;
            int timestamp = packet.timestamp() + offset;
            history.add(index, timestamp, packet);
            sent.put(index, new Sent(packet, timestamp));
        }

        /** What is found is what was sent: under one index there is never anything else. */
        int check(int back) {
            int found = 0;
            for (long asked = Math.max(0, index - back); asked <= index + 3; asked++) {
                RtpPacket packet = history.packet(asked);
                Sent expected = sent.get(asked);
                if (packet != null) {
                    assertSame(expected.packet(), packet, "index " + asked);
                    assertEquals(expected.timestamp(), history.timestamp(asked, packet));
                    assertEquals(OptionalLong.of(asked), history.find((int) asked & 0xffff));
                    found++;
                }
            }
            return found;
        }
    }

    /** Cameras that lose packets and start anew, viewers that lag, skip, see groups again: for all the same holds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void add_anyViewers_findNothingButWhatTheyWereSent(long seed) {
        Random random = new Random(seed);
        SharedPackets shared = new SharedPackets();
        List<RtpPacket> camera = new ArrayList<>();
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            watchers.add(new Watcher(shared, random.nextInt(40_000)));
        }
        int sequence = random.nextInt(65_536);
        for (int step = 0; step < 30_000; step++) {
            if (random.nextInt(3000) == 0) {
                sequence = random.nextBoolean() ? random.nextInt(65_536) : 0;
            }
            sequence += random.nextInt(100) == 0 ? 2 : 1;
            camera.add(Packets.packet(sequence & 0xffff, step * 3600, false, step * 1_000_000L, 4));
            for (Watcher watcher : watchers) {
                int until = random.nextInt(20) == 0 ? camera.size() : watcher.at;
                while (watcher.at < until) {
                    watcher.send(camera.get(watcher.at++));
                }
                if (random.nextInt(2000) == 0) {
                    watcher.at = Math.max(0, camera.size() - random.nextInt(3000));
                    watcher.offset = random.nextInt(1000);
                }
                if (random.nextInt(500) == 0) {
                    watcher.history.age();
                    shared.age(step * 1_000_000L);
                    watcher.check(500);
                }
            }
        }
        watchers.forEach(w -> w.check(70_000));
    }

    @Test
    void add_livePackets_areAllFoundForEachViewerAndKeptOnce() {
        SharedPackets shared = new SharedPackets();
        Watcher early = new Watcher(shared, 100);
        Watcher late = new Watcher(shared, 30_000);
        late.offset = 77;
        List<RtpPacket> packets = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            packets.add(Packets.picture(i, false));
        }
        packets.forEach(early::send);
        packets.subList(300, 600).forEach(late::send);

        assertEquals(600, early.check(1000));
        assertEquals(300, late.check(1000));
        for (int i = 0; i < 3; i++) {
            shared.age(i * SECOND);
        }
        assertEquals(0, early.check(1000), "kept nowhere else");
    }

    @Test
    void add_packetsOlderThanTheShared_areKeptHereForAWhile() {
        SharedPackets shared = new SharedPackets();
        RtpPacket newest = Packets.picture(1000, false);
        new Watcher(shared, 0).send(newest);
        Watcher joining = new Watcher(shared, 0);
        for (int i = 950; i < 1000; i++) {
            joining.send(Packets.picture(i, i == 950));
        }
        joining.send(newest);

        assertEquals(51, joining.check(100));
        joining.history.age();
        assertEquals(51, joining.check(100));
        joining.history.age();
        assertEquals(1, joining.check(100));
        assertTrue(joining.history.find((int) joining.index).isPresent());
        assertNull(joining.history.packet(joining.index - 1));
    }
}

package dev.oriel.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SctpAssociationTest {

    /** The check value of CRC32c is that of "123456789"; here over a packet whose own place is left out. */
    @Test
    void checksum_ofAKnownPacket_isWhatOthersWrite() {
        byte[] sent = HexFormat.of().parseHex("1388138800000000" + "00000000" + "03000004");
        int sum = SctpPacket.checksum(sent, 0, sent.length);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(sent);

        assertEquals(Integer.reverseBytes((int) crc.getValue()), sum);
        ByteBuffer.wrap(sent).putInt(8, sum);
        assertTrue(SctpPacket.read(sent, 0, sent.length).isPresent());
        sent[15] ^= 1;
        assertFalse(SctpPacket.read(sent, 0, sent.length).isPresent());
    }

    @Test
    void channel_openedByTheBrowser_isAcknowledgedAndStaysOpen() {
        Network network = new Network(1, 0);
        network.browser.open(0, "dataSendChannel");

        assertTrue(network.until(() -> network.browser.acknowledgedChannels.equals(List.of(0)), 2));
        assertTrue(network.until(() -> network.browser.unacknowledged.isEmpty(), 2));
        int before = network.sentByOurs().size();
        network.until(() -> false, 120);

        assertTrue(network.ours.isEstablished());
        assertEquals(1, network.ours.channels());
        assertEquals(before, network.sentByOurs().size(), "nothing is said that nobody needs");
        assertEquals(OptionalLong.empty(), network.ours.deadlineNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void channels_overALossyNetwork_openAndCloseAllTheSame(long seed) {
        Network network = new Network(seed, 0.3);
        network.browser.open(1, "a".repeat(3000));
        network.browser.open(3, "short");

        assertTrue(network.until(() -> network.browser.acknowledgedChannels.size() == 2, 60), "opened");
        network.browser.say(1, 51, new byte[40_000], 1000);
        assertTrue(network.until(() -> network.browser.unacknowledged.isEmpty(), 60), "acknowledged");
        network.browser.closeChannel(3);
        assertTrue(network.until(() -> network.browser.resetByPeer.contains(3), 60), "closed both ways");

        assertEquals(1, network.ours.channels());
        assertTrue(network.ours.isEstablished());
    }

    @Test
    void silentBrowser_isAskedAfterASecond_andGivenUpInTheEnd() {
        Network network = new Network(1, 0);
        network.browserIsSilent = true;

        assertFalse(network.until(() -> !network.sentByOurs().isEmpty(), 0));
        assertTrue(network.until(() -> network.browser.chunkTypes.contains(Chunk.INIT), 2));
        assertTrue(network.until(() -> network.ours.deadlineNanos().isEmpty(), 120));

        assertTrue(network.sentByOurs().size() <= 9, "bounded");
        network.browserIsSilent = false;
        assertTrue(network.until(() -> network.browser.established, 10), "it may still begin");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void twoThatBothBegin_comeToOneAssociation(long seed) {
        Random random = new Random(seed);
        long now = 0;
        SctpAssociation one = new SctpAssociation(Browser.PORTS, new Random(seed), now);
        SctpAssociation other = new SctpAssociation(Browser.PORTS, new Random(seed + 100), now);
        for (int step = 0; step < 400; step++) {
            now += 50_000_000L;
            one.wake(now);
            other.wake(now);
            for (int i = 0; i < 3; i++) {
                pass(now, one, other, random, 0.2);
                pass(now, other, one, random, 0.2);
            }
        }

        assertTrue(one.isEstablished() && other.isEstablished());
        one.close(now);
        pass(now, one, other, random, 0);
        assertFalse(other.isEstablished());
    }

    private static void pass(long now, SctpAssociation from, SctpAssociation to, Random random, double loss) {
        for (byte[] packet = from.poll(); packet != null; packet = from.poll()) {
            if (random.nextDouble() >= loss) {
                to.receive(now, packet, 0, packet.length);
            }
        }
    }

    @Test
    void close_withOpenChannels_resetsThemAndAbortsInOnePacket() {
        Network network = opened(0, 2);

        network.ours.close(network.now);
        network.drain();
        byte[] last = network.sentByOurs().get(network.sentByOurs().size() - 1);

        assertEquals(
                List.of(Chunk.RE_CONFIG, Chunk.ABORT),
                SctpPacket.read(last, 0, last.length).orElseThrow().chunks().stream()
                        .map(Chunk::type)
                        .toList());
        assertTrue(network.until(() -> network.browser.aborted, 1));
        assertEquals(List.of(0, 2), network.browser.resetByPeer);
        assertEquals(OptionalLong.empty(), network.ours.deadlineNanos());
        network.ours.receive(network.now, init(network), 0, init(network).length);
        assertNull(network.ours.poll(), "it is over for good");
    }

    @Test
    void shutdownOfTheBrowser_isAnsweredUntilComplete() {
        Network network = opened(0);
        Browser browser = network.browser;

        receive(network, browser.packet(browser.peerTag, Chunk.SHUTDOWN, new byte[4]));

        assertTrue(network.until(() -> browser.shutDown, 1));
        assertTrue(network.until(() -> network.ours.deadlineNanos().isEmpty(), 1));
        assertFalse(network.ours.isEstablished());
        assertEquals(0, network.ours.channels());
    }

    @Test
    void unansweredShutdownAck_isGivenUp() {
        Network network = opened(0);
        network.browserIsSilent = true;
        receive(network, network.browser.packet(network.browser.peerTag, Chunk.SHUTDOWN, new byte[4]));
        while (network.ours.deadlineNanos().isPresent()) {
            network.ours.wake(network.ours.deadlineNanos().getAsLong());
        }
        int sent = 0;
        while (network.ours.poll() != null) {
            sent++;
        }

        assertEquals(9, sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {Chunk.ABORT, Chunk.SHUTDOWN, Chunk.DATA, Chunk.RE_CONFIG, Chunk.HEARTBEAT, Chunk.FORWARD_TSN})
    void packetWithAGuessedTag_hasNoEffect(int type) {
        Network network = opened(0);

        receive(network, network.browser.packet(network.browser.peerTag ^ 1, type, new byte[20]));
        receive(network, network.browser.packet(0, type, new byte[20]));
        receive(network, Browser.packet(network.browser.tag ^ 1, type, Chunk.FLAG_REFLECTED_TAG, new byte[20]));

        assertNull(network.ours.poll());
        assertTrue(network.ours.isEstablished());
    }

    @Test
    void abortWithReflectedTag_ends() {
        Network network = opened(0);

        receive(network, Browser.packet(network.browser.tag, Chunk.ABORT, Chunk.FLAG_REFLECTED_TAG, new byte[0]));

        assertFalse(network.ours.isEstablished());
    }

    @Test
    void cookieThatIsChangedOrOld_isNotTaken() {
        Network network = new Network(1, 0);
        receive(network, init(network));
        byte[] answer = network.ours.poll();
        assertNotNull(answer);
        Opening.Init ack = Opening.Init.read(SctpPacket.read(answer, 0, answer.length)
                        .orElseThrow()
                        .chunks()
                        .get(0))
                .orElseThrow();
        byte[] changed = ack.cookie().clone();
        changed[9] ^= 1;

        receive(network, network.browser.packet(ack.side().tag(), Chunk.COOKIE_ECHO, changed));
        assertFalse(network.ours.isEstablished());
        receive(network, network.browser.packet(ack.side().tag() ^ 1, Chunk.COOKIE_ECHO, ack.cookie()));
        assertFalse(network.ours.isEstablished(), "under another tag than it was given out for");
        network.now += 61_000_000_000L;
        receive(network, network.browser.packet(ack.side().tag(), Chunk.COOKIE_ECHO, ack.cookie()));
        assertFalse(network.ours.isEstablished(), "older than a minute");
    }

    /** RFC 9260 section 5.2.4, case A: a page that was loaded anew within the same session. */
    @Test
    void browserThatBeginsAnew_isTakenAgain() {
        Network network = opened(0);
        Browser again = new Browser();
        byte[] init = again.init();
        ByteBuffer.wrap(init).putInt(0, 0x2222);

        receive(network, network.browser.packet(0, Chunk.INIT, init));
        byte[] answer = network.ours.poll();
        assertNotNull(answer);
        Opening.Init ack = Opening.Init.read(SctpPacket.read(answer, 0, answer.length)
                        .orElseThrow()
                        .chunks()
                        .get(0))
                .orElseThrow();
        assertTrue(network.ours.isEstablished(), "the old one lives until the new one is certain");
        receive(network, network.browser.packet(ack.side().tag(), Chunk.COOKIE_ECHO, ack.cookie()));

        assertTrue(network.ours.isEstablished());
        assertEquals(0, network.ours.channels());
    }

    @Test
    void heartbeat_isAnsweredWithWhatItHolds() {
        Network network = opened(0);

        receive(network, network.browser.packet(network.browser.peerTag, Chunk.HEARTBEAT, new byte[] {0, 1, 0, 6, 7, 8
        }));
        byte[] answer = network.ours.poll();

        assertNotNull(answer);
        Chunk chunk =
                SctpPacket.read(answer, 0, answer.length).orElseThrow().chunks().get(0);
        assertEquals(Chunk.HEARTBEAT_ACK, chunk.type());
        assertEquals(ByteBuffer.wrap(new byte[] {0, 1, 0, 6, 7, 8}), chunk.value());
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 127, 191, 254})
    void unknownChunk_isSkippedAndReportedAsItsTypeSays(int type) {
        Network network = opened(0);
        PacketWriter writer = new PacketWriter();
        writer.add(type, 0, new byte[] {1, 2, 3});
        writer.add(Chunk.HEARTBEAT, 0, new byte[] {0, 1, 0, 4});

        receive(network, writer.finish(Browser.PORTS, network.browser.peerTag));
        Optional<byte[]> answer = Optional.ofNullable(network.ours.poll());

        List<Integer> types = answer.flatMap(a -> SctpPacket.read(a, 0, a.length)).stream()
                .flatMap(p -> p.chunks().stream())
                .map(Chunk::type)
                .toList();
        assertEquals((type & 0x40) != 0, types.contains(Chunk.ERROR));
        assertEquals((type & 0x80) != 0, types.contains(Chunk.HEARTBEAT_ACK));
    }

    @Test
    void forwardTsn_letsWhatIsLostBeForgotten() {
        Network network = opened(0);
        Browser browser = network.browser;
        receive(network, dataPacket(browser, 0xfffffff5));
        assertEquals(0xfffffff0, cumulative(network));

        receive(
                network,
                browser.packet(
                        browser.peerTag,
                        Chunk.FORWARD_TSN,
                        ByteBuffer.allocate(4).putInt(0xfffffff4).array()));

        assertEquals(0xfffffff5, cumulative(network));
    }

    @Test
    void channelsBeyondTheBound_areReset() {
        Network network = opened(0);
        for (int i = 1; i <= Channels.MAX_CHANNELS; i++) {
            network.browser.open(i, "c" + i);
        }

        assertTrue(network.until(() -> network.browser.resetByPeer.size() == 1, 10));
        assertEquals(Channels.MAX_CHANNELS, network.ours.channels());
    }

    @Test
    void requestsForMoreStreams_areDeniedAndCounted() {
        Network network = opened(0);
        byte[] more = ByteBuffer.allocate(8).putInt(0xfffffff0).putInt(16 << 16).array();

        receive(
                network,
                network.browser.packet(
                        network.browser.peerTag,
                        Chunk.RE_CONFIG,
                        Parameter.write(new byte[0], List.of(Parameter.of(17, more)))));
        network.drain();
        network.until(() -> network.browser.ownResetResult.isPresent(), 1);

        assertEquals(Optional.of(2), network.browser.ownResetResult);
        assertEquals(1, network.ours.channels());
    }

    @Test
    void garbage_neitherThrowsNorGrows() {
        Network network = opened(0);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            int[] types = {0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 130, 192, random.nextInt(256)};
            int type = types[random.nextInt(types.length)];
            receive(network, Browser.packet(network.browser.peerTag, type, random.nextInt(16), value));
            receive(network, Browser.packet(0, Chunk.INIT, 0, value));
            if (i % 100 == 0) {
                network.ours.wake(network.now += 10_000_000L);
            }
        }
        int packets = 0;
        while (network.ours.poll() != null) {
            packets++;
        }

        assertTrue(packets <= 64, packets + " packets wait");
    }

    private static int cumulative(Network network) {
        int cumulative = 0;
        for (byte[] packet = network.ours.poll(); packet != null; packet = network.ours.poll()) {
            for (Chunk chunk :
                    SctpPacket.read(packet, 0, packet.length).orElseThrow().chunks()) {
                cumulative = chunk.type() == Chunk.SACK ? chunk.value().getInt(0) : cumulative;
            }
        }
        return cumulative;
    }

    private static byte[] dataPacket(Browser browser, int tsn) {
        return Browser.packet(
                browser.peerTag,
                Chunk.DATA,
                Data.FIRST | Data.LAST,
                new Data(0, tsn, 0, 0, 51, new byte[] {1}).write());
    }

    private static byte[] init(Network network) {
        return network.browser.packet(0, Chunk.INIT, network.browser.init());
    }

    private static void receive(Network network, byte[] packet) {
        network.ours.receive(network.now, packet, 0, packet.length);
    }

    private static Network opened(int... streams) {
        Network network = new Network(1, 0);
        for (int stream : streams) {
            network.browser.open(stream, "channel");
        }
        assertTrue(network.until(
                () -> network.browser.acknowledgedChannels.size() == streams.length
                        && network.ours.deadlineNanos().isEmpty(),
                10));
        network.drain();
        return network;
    }
}

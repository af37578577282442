package dev.oriel.protocol.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunMethod;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client and a strict server in virtual time, with loss where it says so. */
class TurnClientTest {

    private static final TurnLogin LOGIN = new TurnLogin.LongTerm("camera", "secret password");
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.9", 50_001);
    private static final InetSocketAddress SAME_HOST = new InetSocketAddress("192.0.2.9", 50_002);
    private static final TurnAction.Ready READY =
            new TurnAction.Ready(ScriptedTurnServer.RELAYED, ScriptedTurnServer.MAPPED);
    private static final long SECOND = 1_000_000_000L;

    private ScriptedTurnServer server = new ScriptedTurnServer("camera", "secret password");
    private final List<TurnAction> told = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final byte[] out = new byte[2048];
    private final Random loss = new Random(1);
    private double lost;
    private long now = 5 * SECOND;
    private TurnClient client = new TurnClient(LOGIN, false, new Random(2), 0, now);

    @Test
    void allocate_strictServer_logsInAndIsReady() {
        exchange();

        assertEquals(List.of(READY), told);
        assertEquals(List.of(StunMethod.ALLOCATE, StunMethod.ALLOCATE), server.asked);
    }

    @Test
    void allocate_wrongPassword_isSaidAndNotRepeated() {
        client = new TurnClient(new TurnLogin.LongTerm("camera", "wrong"), false, new Random(2), 0, now);

        exchange();

        assertEquals(
                List.of(new TurnAction.Gone(
                        "gives no address: it does not accept the user name and password, or the secret",
                        Optional.empty())),
                told);
        assertEquals(2, server.asked.size());
        assertEquals(OptionalLong.empty(), client.deadlineNanos());
    }

    @Test
    void allocate_serverIsMute_isGivenUpInTenSeconds() {
        server.mute = true;

        runFor(11);

        assertEquals(List.of(new TurnAction.Gone("does not answer", Optional.empty())), told);
    }

    @Test
    void allocate_quotaIsReached_isSaid() {
        server.refusals.put(StunMethod.ALLOCATE, 486);

        exchange();

        assertEquals(
                List.of(new TurnAction.Gone(
                        "gives no address: this user has as many as are allowed", Optional.empty())),
                told);
    }

    @Test
    void wrap_firstDatagram_waitsForThePermissionAndIsNotLost() {
        exchange();

        assertEquals(0, wrap(PEER, "one"));
        exchange();
        send(SAME_HOST, "two");

        assertEquals(List.of("one"), at(PEER));
        assertEquals(List.of("two"), at(SAME_HOST));
        assertEquals(
                1,
                server.asked.stream()
                        .filter(StunMethod.CREATE_PERMISSION::equals)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bind_peer_takesTheShortFormBothWays(boolean isStream) {
        client = new TurnClient(LOGIN, isStream, new Random(2), 0, now);
        exchange();
        client.bind(now, PEER);
        exchange();

        assertEquals(isStream ? 12 : 9, wrap(PEER, "three"));
        server.receive(Arrays.copyOf(out, isStream ? 12 : 9));
        byte[] answer = {0x40, 0, 0, 4, 'f', 'o', 'u', 'r'};
        client.receive(now, answer, 0, answer.length, this::received);

        assertEquals(List.of("three"), at(PEER));
        assertEquals(List.of("four of " + PEER), received);
    }

    @Test
    void receive_dataIndication_isToldOfItsPeer() {
        exchange();
        byte[] indication = new StunWriter(StunMethod.DATA, StunType.INDICATION, Bytes.copyOf(new byte[12]))
                .peer(PEER)
                .data("five".getBytes(UTF_8))
                .unsigned();

        client.receive(now, indication, 0, indication.length, this::received);

        assertEquals(List.of("five of " + PEER), received);
    }

    @Test
    void receive_channelNobodyBound_isNotTold() {
        exchange();
        byte[] foreign = {0x40, 9, 0, 1, 'x', 0, 0, 0};
        byte[] tooLong = {0x40, 0, 0, 9, 'x', 0, 0, 0};
        client.bind(now, PEER);
        exchange();

        client.receive(now, foreign, 0, foreign.length, this::received);
        client.receive(now, tooLong, 0, tooLong.length, this::received);

        assertEquals(List.of(), received);
    }

    @Test
    void wake_forAnHour_keepsEverythingAliveThroughNoncesAndLoss() {
        exchange();
        client.bind(now, PEER);
        lost = 0.2;
        int renewals = 0;
        for (int second = 0; second < 3600; second++) {
            if (second % 600 == 599) {
                server.nonce = "n" + second;
            }
            if (second % 300 == 0) {
                renewals += server.permitted.contains(PEER.getAddress()) ? 1 : 0;
                server.permitted.clear();
            }
            wrap(PEER, "x");
            runFor(1);
        }

        assertEquals(List.of(READY), told);
        assertTrue(renewals >= 6, renewals + " renewals");
        assertTrue(server.asked.stream().filter(StunMethod.REFRESH::equals).count() > 150);
    }

    @Test
    void wake_serverForgetsTheAllocation_isNoticedWithinTwentySeconds() {
        exchange();
        server.allocated = false;

        runFor(21);

        assertEquals(
                new TurnAction.Gone(
                        "takes the address away: it knows no such allocation, or already another", Optional.empty()),
                told.get(1));
        assertEquals(-1, wrap(PEER, "x"));
    }

    @Test
    void wake_serverFallsSilent_isNoticedWithinAMinute() {
        exchange();
        server.mute = true;

        runFor(60);

        assertEquals(new TurnAction.Gone("does not answer any more", Optional.empty()), told.get(1));
    }

    @Test
    void wake_idlePermission_isNotRenewed() {
        exchange();
        wrap(PEER, "x");
        runFor(900);

        assertEquals(
                1,
                server.asked.stream()
                        .filter(StunMethod.CREATE_PERMISSION::equals)
                        .count());
    }

    @Test
    void close_afterUse_givesTheAddressBack() {
        exchange();
        client.close();
        exchange();

        assertTrue(server.ended);
        assertEquals(OptionalLong.empty(), client.deadlineNanos());
        assertEquals(-1, wrap(PEER, "x"));
    }

    @Test
    void receive_answerSignedByAnother_isNotBelieved() {
        ScriptedTurnServer forger = new ScriptedTurnServer("camera", "other");
        List<byte[]> requests = drain();
        server.receive(requests.get(0));
        feed();
        byte[] signed = drain().get(0);
        forger.nonce = server.nonce;
        StunMessage request = StunMessage.readAny(signed, 0, signed.length).orElseThrow();
        byte[] forged = new StunWriter(StunMethod.ALLOCATE, StunType.SUCCESS, request.transactionId())
                .relayedAddress(PEER)
                .mappedAddress(PEER)
                .signedWith(forger.user.key(ScriptedTurnServer.REALM));

        client.receive(now, forged, 0, forged.length, this::received);
        server.receive(signed);
        feed();
        exchange();

        assertEquals(List.of(READY), told);
    }

    @Test
    void wrap_thousandsOfAddresses_isBounded() {
        exchange();
        for (int i = 0; i < 20_000; i++) {
            wrap(new InetSocketAddress("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 9), "x");
        }

        assertTrue(drain().size() <= 1100);
    }

    @Test
    void wake_permissionRefused_dropsWhatWaited() {
        server.refusals.put(StunMethod.CREATE_PERMISSION, 403);
        exchange();
        wrap(PEER, "one");
        exchange();

        assertEquals(-1, wrap(PEER, "two"));
        assertEquals(List.of(READY), told);
        server.refusals.clear();
        runFor(31);
        wrap(PEER, "three");
        exchange();
        assertEquals(List.of("three"), at(PEER));
    }

    @Test
    void sharedSecret_user_isMadeAsCoturnDoesAndRenewedInTime() {
        TurnLogin login = new TurnLogin.SharedSecret("north");
        TurnLogin.Credential credential = login.at(1_000_000);

        assertEquals("1086400", credential.username());
        // echo -n 1086400 | openssl dgst -sha1 -hmac north -binary | base64
        assertEquals("DWTUUlGJzG6t7J3GTemRjiqFp1w=", credential.password());
        assertFalse(login.toString().contains("north"));
        assertFalse(credential.toString().contains(credential.password()));

        server = new ScriptedTurnServer(
                login.at(now / SECOND).username(), login.at(now / SECOND).password());
        client = new TurnClient(login, false, new Random(2), 0, now);
        exchange();
        client.bind(now, PEER);
        for (int i = 0; i < 432; i++) {
            runFor(100);
            wrap(PEER, "x");
        }
        runFor(21);
        // A viewer that is spoken to keeps the address, and with it the old user; once there is none it is asked for
        // anew.
        assertEquals(List.of(READY), told);
        client.release(now, PEER);
        runFor(21);
        assertEquals("is logged in to anew", ((TurnAction.Gone) told.get(1)).sentence());
    }

    @ParameterizedTest
    @CsvSource({
        "turn:a.b, turn:a.b:3478, UDP",
        "TURN:192.0.2.1:9?transport=udp, turn:192.0.2.1:9, UDP",
        "turn:a?transport=TCP, turn:a:3478?transport=tcp, TCP",
        "turns:a, turns:a:5349, TLS",
        "turns:[2001:db8::1]:443?transport=tcp, turns:[2001:db8::1]:443, TLS"
    })
    void server_uri_isRead(String uri, String written, TurnServer.Link link) {
        TurnServer read = TurnServer.parse(uri).orElseThrow();

        assertEquals(written, read.toString());
        assertEquals(link, read.link());
        assertEquals(Optional.of(read), TurnServer.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "stun:a", "turn:", "turn:a:0", "turn:a:99999", "turns:a?transport=udp", "turn:u:p@a"})
    void server_noUri_isEmpty(String uri) {
        assertEquals(Optional.empty(), TurnServer.parse(uri));
    }

    private int wrap(InetSocketAddress peer, String text) {
        byte[] datagram = text.getBytes(UTF_8);
        return client.wrap(now, peer, datagram, datagram.length, out);
    }

    private void send(InetSocketAddress peer, String text) {
        int length = wrap(peer, text);
        assertTrue(length > 0);
        server.receive(Arrays.copyOf(out, length));
    }

    private List<String> at(InetSocketAddress peer) {
        return server.atPeers.getOrDefault(peer, List.of()).stream()
                .map(b -> new String(b, UTF_8))
                .toList();
    }

    private void received(InetSocketAddress peer, byte[] bytes, int offset, int length) {
        received.add(new String(bytes, offset, length, UTF_8) + " of " + peer);
    }

    private List<byte[]> drain() {
        List<byte[]> messages = new ArrayList<>();
        for (TurnAction action = client.poll(); action != null; action = client.poll()) {
            if (action instanceof TurnAction.Send send) {
                messages.add(send.message());
            } else {
                told.add(action);
            }
        }
        return messages;
    }

    private void feed() {
        List<byte[]> messages = List.copyOf(server.toClient);
        server.toClient.clear();
        messages.stream()
                .filter(m -> loss.nextDouble() >= lost)
                .forEach(m -> client.receive(now, m, 0, m.length, this::received));
    }

    private void exchange() {
        for (List<byte[]> sent = drain(); !sent.isEmpty(); sent = drain()) {
            sent.stream().filter(m -> loss.nextDouble() >= lost).forEach(server::receive);
            feed();
        }
    }

    private void runFor(int seconds) {
        long end = now + seconds * SECOND;
        exchange();
        for (OptionalLong due = client.deadlineNanos();
                due.isPresent() && due.getAsLong() - end <= 0;
                due = client.deadlineNanos()) {
            now = Math.max(now, due.getAsLong());
            client.wake(now);
            exchange();
        }
        now = end;
    }
}

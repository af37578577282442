package dev.oriel.egress.passthrough.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.time.Ticker;
import dev.oriel.egress.passthrough.net.AddressRules;
import dev.oriel.egress.passthrough.net.HostAddresses;
import dev.oriel.egress.passthrough.net.Network;
import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real port, and a STUN server whose answers are made up. */
class GatheringTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final AddressRules NOTHING_ELSE = new AddressRules(
            List.of(), List.of(), List.of(Network.parse("127.0.0.0/8").orElseThrow()), List.of());

    private final CompletableFuture<Gathering> listener = new CompletableFuture<>();
    private UdpPort port;
    private DatagramSocket stun;

    @BeforeEach
    void open() throws Exception {
        port = new UdpPort(
                0,
                new HostAddresses(NOTHING_ELSE, List.of(LOOPBACK)),
                task -> new Thread(task, "oriel-test"),
                this::received);
        stun = new DatagramSocket(0, LOOPBACK);
        stun.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() {
        stun.close();
        port.close();
    }

    private void received(Path path, byte[] bytes, int length) {
        StunMessage.read(bytes, 0, length).ifPresent(m -> listener.join().received(System.nanoTime(), path, m));
    }

    @Test
    void announced_furtherAddresses_areToldButNotSentFrom() {
        HostPort forwarded = HostPort.parse("203.0.113.7:18189").orElseThrow();
        HostPort unknown = HostPort.parse("oriel.invalid").orElseThrow();
        InetAddress docker =
                HostPort.parse("198.51.100.1").flatMap(HostPort::address).orElseThrow();

        Gathering gathering = gathering(new Wishes(
                new HostAddresses(NOTHING_ELSE, List.of(LOOPBACK, docker)),
                List.of(forwarded, unknown),
                List.of(),
                List.of(),
                Optional.empty()));

        assertEquals(
                List.of("host 127.0.0.1:" + port.port(), "host 198.51.100.1:" + port.port(), "host 203.0.113.7:18189"),
                gathering.findings().candidates());
        assertEquals(
                List.of(new InetSocketAddress(LOOPBACK, port.port())),
                gathering.usable().stream().map(Candidate::address).toList());
        assertEquals(
                List.of("The name oriel.invalid cannot be looked up."),
                gathering.findings().faults());
    }

    @Test
    void announced_stunServerAnswers_tellsWhatItSaysAndWhatIsForwardedThere() throws Exception {
        HostPort server = new HostPort("127.0.0.1", OptionalInt.of(stun.getLocalPort()));
        Gathering gathering = gathering(new Wishes(
                new HostAddresses(NOTHING_ELSE, List.of(LOOPBACK)),
                List.of(),
                List.of(OptionalInt.empty(), OptionalInt.of(18189)),
                List.of(server),
                Optional.empty()));
        DatagramPacket question = new DatagramPacket(new byte[100], 100);
        stun.receive(question);
        byte[] answer = new StunWriter(
                        StunType.SUCCESS,
                        StunMessage.read(question.getData(), 0, question.getLength())
                                .orElseThrow()
                                .transactionId())
                .mappedAddress(new InetSocketAddress("203.0.113.7", 40_000))
                .unsigned();
        stun.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));

        await(gathering, 4);

        assertEquals(
                List.of(
                        "host 127.0.0.1:" + port.port(),
                        "srflx 203.0.113.7:" + port.port(),
                        "srflx 203.0.113.7:18189",
                        "srflx 203.0.113.7:40000"),
                gathering.findings().candidates());
    }

    private Gathering gathering(Wishes wishes) {
        Gathering gathering = new Gathering(
                wishes,
                new Gathering.Means(
                        port, Optional.empty(), this::received, Ticker.system(), new Random(3), Runnable::run, 0));
        listener.complete(gathering);
        gathering.start();
        return gathering;
    }

    /** Runs the port's thread until so many candidates are known. */
    private void await(Gathering gathering, int candidates) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (gathering.findings().candidates().size() < candidates && System.nanoTime() < giveUp) {
            port.loop().submit(Thread::yield).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        assertTrue(
                gathering.findings().candidates().size() >= candidates,
                gathering.findings().toString());
    }
}

package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.SourceLocation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DiallingTest {

    private final IngestThreads threads = new IngestThreads();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    @AfterEach
    void stop() {
        threads.close();
    }

    private void dial(int port, Dialling.Names names) {
        Dialling dialling = new Dialling(
                threads.loop(),
                SourceLocation.parse("rtsp://camera.test:" + port + "/"),
                names,
                channel -> {
                    outcome.complete("connected to " + channel.remoteAddress());
                    channel.close();
                },
                outcome::complete);
        dialling.start(threads.names());
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] all = new InetAddress[literals.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(literals[i]);
        }
        return all;
    }

    @Test
    void host_firstAddressRefuses_nextIsTaken() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"))) {
            dial(server.getLocalPort(), host -> addresses("127.0.0.2", "127.0.0.1"));

            assertEquals("connected to /127.0.0.1:" + server.getLocalPort(), outcome.get(10, TimeUnit.SECONDS));
        }
    }

    /** A full backlog makes Linux silent: what is sent there is dropped. */
    @Test
    void host_firstAddressIsSilent_nextIsTakenAfterAQuarterOfASecond() throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
                ServerSocket server = new ServerSocket(silent.getLocalPort(), 8, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(silent.getLocalSocketAddress(), 100);
                } catch (java.io.IOException e) {
                    // Full by now.
                    break;
                }
            }
            long began = System.nanoTime();
            dial(silent.getLocalPort(), host -> addresses("127.0.0.2", "127.0.0.1"));

            assertEquals("connected to /127.0.0.1:" + silent.getLocalPort(), outcome.get(10, TimeUnit.SECONDS));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertTrue(millis >= 200 && millis < 1500, millis + " ms");
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void host_nobodyKnows_isSaid() throws Exception {
        dial(554, host -> {
            throw new UnknownHostException(host);
        });

        assertEquals("has a host name that nobody knows", outcome.get(10, TimeUnit.SECONDS));
    }

    @Test
    void host_oneAddressRefusesOneHasNoWay_refusalIsSaid() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        dial(port, host -> addresses("127.0.0.1", "255.255.255.255"));

        assertEquals("refuses the connection", outcome.get(10, TimeUnit.SECONDS));
    }

    @Test
    void alternating_addresses_takeTurnsAndAreBounded() throws Exception {
        List<InetAddress> all = List.of(addresses("::1", "::2", "::3", "127.0.0.1"));

        assertEquals(Arrays.asList(addresses("::1", "127.0.0.1", "::2", "::3")), Dialling.alternating(all));
        assertEquals(
                8,
                Dialling.alternating(java.util.Collections.nCopies(20, all.get(0)))
                        .size());
    }
}

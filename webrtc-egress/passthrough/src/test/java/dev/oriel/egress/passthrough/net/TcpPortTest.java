package dev.oriel.egress.passthrough.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Transport;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over loopback, with clients that do as they please. */
class TcpPortTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final TcpPort.Limits PATIENT = new TcpPort.Limits(3, 3, 60_000);
    private static final TcpPort.Limits HASTY = new TcpPort.Limits(3, 3, 200);

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final Received received = new Received();
    private UdpPort udp;
    private TcpPort port;

    static Stream<Sockets> kinds() {
        return Stream.of(Sockets.java(), Sockets.best());
    }

    @AfterEach
    void close() {
        port.close();
        udp.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void received_datagramsSplitAnyhow_eachComesWholeAndIsAnswered(Sockets kind) throws Exception {
        open(kind, PATIENT);
        try (Socket client = connect()) {
            byte[] stream = {0, 3, 1, 2, 3, 0, 1, 9};
            for (byte b : stream) {
                client.getOutputStream().write(b);
                client.getOutputStream().flush();
            }

            Path path = new Path(Transport.TCP, new InetSocketAddress(loopback, udp.port()), (InetSocketAddress)
                    client.getLocalSocketAddress());
            assertEquals(new Datagram(path, List.of((byte) 1, (byte) 2, (byte) 3)), received.next());
            assertEquals(new Datagram(path, List.of((byte) 9)), received.next());

            onThread(() -> {
                for (int size : List.of(1200, 1, 2048)) {
                    assertTrue(port.write(path, bytes(size), size));
                }
                port.flush(path);
                return null;
            });
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (int size : List.of(1200, 1, 2048)) {
                assertEquals(size, in.readUnsignedShort());
                assertArrayEquals(bytes(size), in.readNBytes(size));
            }
        }
        assertNotNull(received.closed.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "nobody was told of the end");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stranger_thatStaysOne_isClosed(Sockets kind) throws Exception {
        open(kind, HASTY);
        try (Socket stranger = connect();
                Socket viewer = connect()) {
            send(viewer, 7);
            Path path = received.next().path();
            onThread(() -> {
                port.adopted(path);
                return null;
            });

            assertEquals(-1, stranger.getInputStream().read());

            // Twice the time has passed for the viewer as well when the second stranger is gone.
            try (Socket second = connect()) {
                assertEquals(-1, second.getInputStream().read());
            }
            send(viewer, 8);
            assertEquals(path, received.next().path());
            onThread(() -> {
                port.abandoned(path);
                return null;
            });
            assertEquals(-1, viewer.getInputStream().read());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void connections_oneTooMany_isClosedAtOnce(Sockets kind) throws Exception {
        open(kind, PATIENT);
        try (Socket one = connect();
                Socket two = connect();
                Socket three = connect()) {
            for (Socket early : List.of(one, two, three)) {
                send(early, 1);
                received.next();
            }
            try (Socket fourth = connect()) {
                assertEquals(-1, fourth.getInputStream().read());
            }
            one.close();
            received.closed.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            try (Socket instead = connect()) {
                send(instead, 1);
                received.next();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void received_whatIsNoFrame_endsTheConnection(Sockets kind) throws Exception {
        open(kind, PATIENT);
        try (Socket client = connect()) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

            assertEquals(-1, client.getInputStream().read());
            assertTrue(received.datagrams.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void write_toOneThatDoesNotRead_isRefusedBeyondTheBound(Sockets kind) throws Exception {
        open(kind, PATIENT);
        try (Socket client = connect()) {
            send(client, 1);
            Path path = received.next().path();

            int taken = onThread(() -> {
                int written = 0;
                while (written < 20_000 && port.write(path, bytes(1200), 1200)) {
                    port.flush(path);
                    written++;
                }
                return written;
            });
            assertTrue(taken > 300 && taken < 20_000, "packets taken: " + taken);
            int checks = onThread(() -> {
                byte[] check = new byte[100];
                int written = 0;
                while (written < 20_000 && port.write(path, check, check.length)) {
                    port.flush(path);
                    written++;
                }
                return written;
            });
            assertTrue(checks > 10 && checks < 2_000, "checks taken: " + checks);
            client.close();
            received.closed.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertFalse(onThread(() -> port.write(path, bytes(10), 10)));
        }
    }

    private void open(Sockets kind, TcpPort.Limits limits) throws IOException {
        udp = new UdpPort(0, List.of(loopback), task -> new Thread(task, "oriel-test"), received, kind);
        port = new TcpPort(udp, received, limits);
        assertTrue(port.open().contains(new InetSocketAddress(loopback, udp.port())), port.open()::toString);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket();
        client.setSoTimeout(PATIENCE_MILLIS);
        client.setTcpNoDelay(true);
        client.setReceiveBufferSize(64 * 1024);
        client.connect(new InetSocketAddress(loopback, udp.port()), PATIENCE_MILLIS);
        return client;
    }

    private <T> T onThread(Callable<T> task) throws Exception {
        return udp.loop().submit(task).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void send(Socket client, int value) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.write(new byte[] {0, 1, (byte) value});
        out.flush();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) size);
        return bytes;
    }

    private record Datagram(Path path, List<Byte> bytes) {}

    private static final class Received implements UdpPort.Receiver {
        final BlockingQueue<Datagram> datagrams = new LinkedBlockingQueue<>();
        final BlockingQueue<Path> closed = new LinkedBlockingQueue<>();

        @Override
        public void received(Path path, byte[] bytes, int length) {
            List<Byte> copy = new java.util.ArrayList<>();
            for (int i = 0; i < length; i++) {
                copy.add(bytes[i]);
            }
            datagrams.add(new Datagram(path, copy));
        }

        @Override
        public void closed(Path path) {
            closed.add(path);
        }

        Datagram next() throws InterruptedException {
            Datagram next = datagrams.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertNotNull(next, "nothing came");
            return next;
        }
    }
}

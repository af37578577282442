package dev.oriel.egress.passthrough.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.ice.Path;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UdpPortTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final List<Integer> SIZES = List.of(30, 1200, 1200, 1200, 77, 1200, 1200, 9, 500, 500);

    static Stream<Sockets> kinds() {
        return Stream.of(Sockets.java(), Sockets.best());
    }

    @Test
    void best_onLinux_sendsAPictureInOneCall() {
        assertEquals(
                System.getProperty("os.name").equals("Linux"),
                Sockets.best().segmentation().isPresent(),
                Sockets.best().name());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void write_packetsOfAllSizes_arriveEachForItself(Sockets kind) throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket one = new DatagramSocket(0, loopback);
                DatagramSocket other = new DatagramSocket(0, loopback);
                UdpPort port =
                        new UdpPort(0, List.of(loopback), task -> new Thread(task, "oriel-test"), this::ignore, kind)) {
            InetSocketAddress local = new InetSocketAddress(loopback, port.port());
            Path toOne = Path.udp(local, (InetSocketAddress) one.getLocalSocketAddress());
            Path toOther = Path.udp(local, (InetSocketAddress) other.getLocalSocketAddress());

            port.loop()
                    .submit(() -> {
                        for (Path path : List.of(toOne, toOther)) {
                            for (int i = 0; i < SIZES.size(); i++) {
                                byte[] bytes = new byte[SIZES.get(i)];
                                bytes[0] = (byte) i;
                                assertTrue(port.write(path, bytes, bytes.length));
                            }
                            port.flush(path);
                        }
                    })
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

            receive(one);
            receive(other);
        }
    }

    private static void receive(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(PATIENCE_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        for (int i = 0; i < SIZES.size(); i++) {
            packet.setLength(2048);
            socket.receive(packet);
            assertEquals(SIZES.get(i), packet.getLength());
            assertEquals(i, packet.getData()[0]);
        }
    }

    private void ignore(Path path, byte[] bytes, int length) {
        // Nobody sends anything.
    }
}

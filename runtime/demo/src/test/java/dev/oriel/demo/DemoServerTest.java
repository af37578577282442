package dev.oriel.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DemoServerTest {

    private DemoServer server;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(Ticker.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void server_clientThatPlays_getsPicturesAndSoundInRealTime() throws IOException {
        try (Client client = new Client()) {
            long started = System.nanoTime();
            client.play();
            client.readUntil(() ->
                    client.told.of(0).stream().filter(Frames.Frame::marker).count() > 25);
            long millis = (System.nanoTime() - started) / 1_000_000;

            assertTrue(millis >= 950, "26 pictures came within " + millis + " ms");
            assertArrayEquals(
                    Clip.load().parameterSets().get(0), client.told.of(0).get(0).payload());
            assertTrue(client.told.of(2).size() >= 49);
            assertFalse(client.told.of(1).isEmpty());
        }
    }

    @Test
    void server_secondClient_isServedAlongside() throws IOException {
        try (Client one = new Client();
                Client two = new Client()) {
            one.play();
            two.play();
            one.readUntil(() -> one.told.of(2).size() > 10);
            two.readUntil(() -> two.told.of(2).size() > 10);

            assertTrue(one.told.of(0).get(0).ssrc() != two.told.of(0).get(0).ssrc());
        }
    }

    @Test
    void server_teardown_closesTheConnection() throws IOException {
        try (Client client = new Client()) {
            client.play();
            client.send("TEARDOWN", "", client.session);
            client.readToEnd();

            assertEquals(200, client.lastResponse().status());
        }
    }

    @Test
    void server_oneClientTooMany_isTurnedAway() throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < DemoServer.MAX_CLIENTS; i++) {
                Client client = new Client();
                clients.add(client);
                client.ask("OPTIONS", "", RtspHeaders.NONE);
            }
            try (Client tooMany = new Client()) {
                tooMany.readToEnd();
            }
            assertEquals(
                    200, clients.get(0).ask("OPTIONS", "", RtspHeaders.NONE).status());
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void close_whileAClientPlays_leavesNoThreadAndNoPort() throws IOException {
        try (Client client = new Client()) {
            client.play();

            server.close();

            client.readToEnd();
            assertFalse(Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().startsWith("oriel-demo")));
            assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", server.port()).close());
        }
    }

    /** A client that is nothing but a socket. */
    private final class Client implements Closeable {

        final Frames told = new Frames();
        RtspHeaders session = RtspHeaders.NONE;
        private final Socket socket = new Socket("127.0.0.1", server.port());
        private final byte[] buffer = new byte[64 * 1024];
        private int cseq;

        Client() throws IOException {
            socket.setSoTimeout(10_000);
        }

        void play() throws IOException {
            assertEquals(200, ask("DESCRIBE", "", RtspHeaders.NONE).status());
            setUp("/trackID=0", 0);
            setUp("/trackID=1", 2);
            assertEquals(200, ask("PLAY", "", session).status());
        }

        RtspResponse ask(String method, String path, RtspHeaders headers) throws IOException {
            int before = told.responses.size();
            send(method, path, headers);
            readUntil(() -> told.responses.size() > before);
            return lastResponse();
        }

        void send(String method, String path, RtspHeaders headers) throws IOException {
            cseq++;
            String url = "rtsp://127.0.0.1:" + server.port() + "/demo" + path;
            ByteBuffer bytes = RtspRequest.of(method, url, headers.with("CSeq", Integer.toString(cseq)))
                    .write();
            socket.getOutputStream().write(bytes.array(), bytes.position(), bytes.remaining());
        }

        RtspResponse lastResponse() {
            return told.responses.get(told.responses.size() - 1);
        }

        void readUntil(BooleanSupplier enough) throws IOException {
            while (!enough.getAsBoolean()) {
                assertTrue(read(), "The connection ended");
            }
        }

        void readToEnd() throws IOException {
            while (read()) {
                // What comes before the end does not matter.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private void setUp(String path, int channel) throws IOException {
            RtspHeaders transport =
                    session.with("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1));
            RtspResponse response = ask("SETUP", path, transport);
            assertEquals(200, response.status());
            session = RtspHeaders.of(
                    "Session", response.headers().first("Session").orElseThrow().split(";")[0]);
        }

        private boolean read() throws IOException {
            int read = socket.getInputStream().read(buffer);
            if (read > 0) {
                told.receive(ByteBuffer.wrap(buffer, 0, read));
            }
            return read >= 0;
        }
    }
}

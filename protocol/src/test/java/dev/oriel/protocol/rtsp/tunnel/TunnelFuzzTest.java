package dev.oriel.protocol.rtsp.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction.Line;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What any bytes of a camera, or of what stands in front of it, do to the tunnels: the same whether at once or one by one. */
class TunnelFuzzTest {

    private static final String SECRET = "s3cret-word";
    private static final SourceLocation CAMERA = SourceLocation.parse("rtsp+ws://user:" + SECRET + "@192.0.2.1/1");

    /** The bytes follow a right answer to the handshake if there are an even number of them. */
    @FuzzTest(maxDuration = "1m")
    void webSocket(byte[] bytes) {
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(SECRET)) {
            // A camera that knows it may repeat it.
            return;
        }
        assertEquals(webSocket(bytes, Math.max(1, bytes.length)), webSocket(bytes, 1));
    }

    /** The first half comes down, the second one up. */
    @FuzzTest(maxDuration = "1m")
    void http(byte[] bytes) {
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(SECRET)) {
            return;
        }
        assertEquals(http(bytes, Math.max(1, bytes.length)), http(bytes, 1));
    }

    private static String webSocket(byte[] bytes, int pieceBytes) {
        Told told = new Told(new WebSocketTunnel(CAMERA, CameraOptions.Login.NO_BASIC, "Oriel", new Random(1)));
        told.drain();
        told.tunnel.connected(0, Line.DOWN);
        told.drain();
        if (bytes.length % 2 == 0) {
            String key = told.text.toString().replaceFirst("(?s).*Sec-WebSocket-Key: ([^\r]*).*", "$1");
            String answer = "HTTP/1.1 101 Yes\r\nSec-WebSocket-Accept: " + WebSocketTunnel.accept(key) + "\r\n\r\n";
            told.take(Line.DOWN, answer.getBytes(StandardCharsets.US_ASCII), 0, answer.length(), answer.length());
        }
        told.take(Line.DOWN, bytes, 0, bytes.length, pieceBytes);
        return told.all();
    }

    private static String http(byte[] bytes, int pieceBytes) {
        Told told = new Told(new HttpTunnel(CAMERA, CameraOptions.Login.NO_BASIC, "Oriel", new Random(1)));
        told.drain();
        told.tunnel.connected(0, Line.DOWN);
        told.drain();
        int half = bytes.length / 2;
        told.take(Line.DOWN, bytes, 0, half, pieceBytes);
        told.tunnel.connected(0, Line.UP);
        told.tunnel.write(ByteBuffer.wrap(new byte[] {'x'}));
        told.drain();
        told.take(Line.UP, bytes, half, bytes.length, pieceBytes);
        return told.all();
    }

    /** All that came of it. */
    private static final class Told {
        private final Tunnel tunnel;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        private boolean begun;
        private boolean over;

        Told(Tunnel tunnel) {
            this.tunnel = tunnel;
        }

        void take(Line line, byte[] bytes, int from, int to, int pieceBytes) {
            for (int at = from; at < to && !over; at += pieceBytes) {
                ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, to - at));
                tunnel.receive(0, line, piece, part -> {
                    while (part.hasRemaining()) {
                        stream.write(part.get());
                    }
                });
                drain();
            }
        }

        void drain() {
            for (@Nullable TunnelAction action = tunnel.poll(); action != null; action = tunnel.poll()) {
                if (action instanceof TunnelAction.Send send) {
                    text.append(StandardCharsets.ISO_8859_1.decode(send.bytes()));
                } else if (action instanceof TunnelAction.Fail fail) {
                    text.append(fail.why().sentence());
                    over = true;
                } else if (action instanceof TunnelAction.Close) {
                    // What a line still brings that is to be closed is of no interest.
                    over = true;
                } else if (action instanceof TunnelAction.Connect connect && connect.line() == Line.DOWN) {
                    // What is asked for another time is answered on another connection, of which this knows nothing.
                    over = begun;
                    begun = true;
                }
            }
        }

        String all() {
            assertFalse(text.toString().contains(SECRET), text::toString);
            return text + " " + HexFormat.of().formatHex(stream.toByteArray());
        }
    }
}

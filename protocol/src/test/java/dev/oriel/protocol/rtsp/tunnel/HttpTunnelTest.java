package dev.oriel.protocol.rtsp.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction.Line;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpTunnelTest {

    private final HttpTunnel tunnel = new HttpTunnel(
            SourceLocation.parse("rtsp+http://user:secret@192.0.2.1/1"),
            CameraOptions.Login.ANY,
            "Oriel",
            new Random(1));
    private final List<String> out = new ArrayList<>();
    private final StringBuilder stream = new StringBuilder();

    /** What the tunnel wants, in short; what goes up after the head of a POST is shown in the clear. */
    private List<String> wants() {
        out.clear();
        for (TunnelAction action = tunnel.poll(); action != null; action = tunnel.poll()) {
            if (action instanceof TunnelAction.Send send) {
                String text = StandardCharsets.US_ASCII.decode(send.bytes()).toString();
                boolean head = text.startsWith("GET ") || text.startsWith("POST ");
                out.add(send.line() + " " + (head ? text.substring(0, text.indexOf(' ')) : decoded(text)));
            } else if (action instanceof TunnelAction.Connect connect) {
                out.add("connect " + connect.line());
            } else if (action instanceof TunnelAction.Close close) {
                out.add("close " + close.line());
            } else if (action instanceof TunnelAction.Fail fail) {
                out.add(fail.why().sentence());
            } else {
                out.add("open");
            }
        }
        return List.copyOf(out);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }

    private void down(String text) {
        tunnel.receive(
                0,
                Line.DOWN,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)),
                part -> stream.append(StandardCharsets.US_ASCII.decode(part)));
    }

    private void up(String text) {
        tunnel.receive(0, Line.UP, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), part -> {});
    }

    private void write(String text) {
        tunnel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void opened() {
        assertEquals(List.of("connect DOWN"), wants());
        tunnel.connected(0, Line.DOWN);
        assertEquals(List.of("DOWN GET"), wants());
        down("HTTP/1.0 200 OK\r\n\r\n");
        assertEquals(List.of("connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "open"), wants());
        assertEquals(OptionalLong.empty(), tunnel.deadlineNanos());
    }

    @Test
    void write_postThatStays_carriesAll() {
        opened();

        write("one");
        down("answer");
        write("two");

        assertEquals(List.of("UP one", "UP two"), wants());
        assertEquals("answer", stream.toString());
    }

    @Test
    void disconnected_behindEachRequest_aPostIsMadeForEach() {
        opened();
        write("one");
        assertEquals(List.of("UP one"), wants());
        tunnel.disconnected(Line.UP);
        down("answer");
        assertEquals(List.of(), wants(), "heard: the answer came");

        write("two");
        assertEquals(List.of("connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP two"), wants());
        down("answer");

        write("three");
        assertEquals(List.of("connect UP"), wants(), "not on one that is about to be closed");
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP three"), wants());
    }

    /** The end of the POST crosses the next request. */
    @Test
    void disconnected_whileTheNextIsWritten_isSaidAgain() {
        opened();
        write("one");
        down("answer");
        write("two");
        assertEquals(List.of("UP one", "UP two"), wants());

        tunnel.disconnected(Line.UP);

        assertEquals(List.of("connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP two"), wants());
        down("answer");
        tunnel.disconnected(Line.UP);
        assertEquals(List.of(), wants());
    }

    /** gortsplib has a test for a camera that answers the POST behind the first request, and goes on listening to it. */
    @Test
    void postAnswered_andLeftOpen_isUsedOn() {
        opened();
        write("one");
        up("HTTP/1.0 200 OK\r\n\r\n");
        up("and\r\n\r\na body\r\n\r\n");
        down("answer");
        write("two");
        assertEquals(List.of("UP one", "UP two"), wants());
        assertEquals(OptionalLong.of(HttpTunnel.LATE_NANOS), tunnel.deadlineNanos());
        down("answer");

        write("three");

        assertEquals(List.of("UP three"), wants());
        assertEquals(OptionalLong.empty(), tunnel.deadlineNanos());
    }

    @Test
    void postAnswered_andDeafFromThen_aPostIsMadeForEach() {
        opened();
        write("one");
        down("answer");
        up("HTTP/1.0 200 OK\r\n\r\n");
        write("two");
        assertEquals(List.of("UP one", "UP two"), wants());

        tunnel.wake(HttpTunnel.LATE_NANOS);

        assertEquals(List.of("connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP two"), wants());
        down("answer");
        write("three");
        assertEquals(List.of("connect UP"), wants());
    }

    @Test
    void postAnsweredAndClosed_whileTheNextIsWritten_isSaidAgain() {
        opened();
        write("one");
        down("answer");
        write("two");
        wants();

        up("HTTP/1.0 200 OK\r\n\r\n");
        tunnel.disconnected(Line.UP);

        assertEquals(List.of("connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP two"), wants());
    }

    @Test
    void write_twiceWhileThePostIsMade_carriesBoth() {
        opened();
        write("one");
        down("answer");
        tunnel.disconnected(Line.UP);
        wants();

        write("two");
        write("three");
        tunnel.connected(0, Line.UP);

        assertEquals(List.of("connect UP", "UP POST", "UP twothree"), wants());
    }

    @Test
    void getUnanswered_postIsMadeInTime() {
        wants();
        tunnel.connected(5, Line.DOWN);
        wants();
        assertEquals(OptionalLong.of(5 + HttpTunnel.LATE_NANOS), tunnel.deadlineNanos());

        tunnel.wake(5 + HttpTunnel.LATE_NANOS);

        assertEquals(List.of("connect UP"), wants());
    }

    @Test
    void getAnswered_behindAnInformationalOne_isOpen() {
        wants();
        tunnel.connected(0, Line.DOWN);
        wants();

        down("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");

        assertEquals(List.of("connect UP"), wants());
    }

    @Test
    void getRefused_isSaid() {
        wants();
        tunnel.connected(0, Line.DOWN);
        wants();

        down("HTTP/1.1 404 Not Found\r\n\r\n");

        assertEquals(List.of("The camera at 192.0.2.1:80 has no such place for RTSP in HTTP (404)."), wants());
    }

    @Test
    void postWithLogin_isMadeAgain() {
        opened();
        write("one");
        wants();

        up("HTTP/1.0 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n\r\n");

        assertEquals(List.of("close UP", "connect UP"), wants());
        tunnel.connected(0, Line.UP);
        assertEquals(List.of("UP POST", "UP one"), wants());
        up("HTTP/1.0 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"2\"\r\n\r\n");
        assertEquals(1, wants().size());
        assertTrue(out.get(0).contains("refuses the user name or password"), out::toString);
        assertFalse(out.get(0).contains("secret"));
    }
}

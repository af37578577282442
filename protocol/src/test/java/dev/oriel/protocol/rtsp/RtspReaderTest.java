package dev.oriel.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspReaderTest {

    private static final RtspResponse DESCRIBED = new RtspResponse(
            200,
            "OK",
            RtspHeaders.of("CSeq", "2").with("Content-Base", "rtsp://192.0.2.1/1/"),
            Bytes.copyOf("v=0\r\n\r\n$$RTSP/1.0".getBytes(StandardCharsets.US_ASCII)));

    private static Stream<Object> messages() {
        return Stream.of(
                DESCRIBED,
                RtspResponse.of(200, RtspHeaders.NONE),
                RtspResponse.of(454, RtspHeaders.of("CSeq", "9").with("CSeq", "10")),
                new RtspResponse(299, "", RtspHeaders.of("X", ""), Bytes.copyOf(new byte[] {0, '\r', '\n', '$'})),
                RtspRequest.of("OPTIONS", "*", RtspHeaders.of("CSeq", "1")),
                RtspRequest.of("GET_PARAMETER", "rtsp://[2001:db8::1]:554/a?b=c", RtspHeaders.of("Session", "a;b")),
                new RtspRequest("ANNOUNCE", "rtsp://a/b", RtspHeaders.NONE, Bytes.copyOf(new byte[] {'v', '=', '0'})));
    }

    private static byte[] written(Object message) {
        return message instanceof RtspRequest request
                ? ReaderLog.bytes(request.write())
                : ReaderLog.bytes(((RtspResponse) message).write());
    }

    /** An RTP packet of 12 bytes of header and a text, in a frame. */
    private static String frame(int channel, int sequence, String payload) {
        int length = 12 + payload.length();
        return "$" + (char) channel + (char) (length >> 8) + (char) (length & 0xff) + rtp(sequence) + payload;
    }

    private static String rtp(int sequence) {
        return "\u0080\u0060" // version 2, payload type 96
                + (char) (sequence >> 8)
                + (char) (sequence & 0xff)
                + "\0\0\0\1" // timestamp
                + "\1\2\3\4"; // source
    }

    @ParameterizedTest
    @MethodSource("messages")
    void receive_written_givesTheSameMessage(Object message) {
        assertEquals(List.of(message), ReaderLog.of(written(message), 1 << 20).items);
    }

    @Test
    void receive_splitAtEveryByte_givesTheSameItems() {
        String wire = "\r\n" + text(DESCRIBED) + frame(0, 1, "$RTSP") + frame(1, 2, "") + "$\2\0\0"
                + text(RtspRequest.of("OPTIONS", "*", RtspHeaders.of("CSeq", "1"))) + frame(0, 3, "abc")
                + text(DESCRIBED);
        byte[] bytes = ReaderLog.wire(wire);
        List<Object> whole = ReaderLog.of(bytes, bytes.length).items;

        assertEquals(7, whole.size());
        assertEquals(new ReaderLog.Frame(0, rtp(1) + "$RTSP"), whole.get(1));
        assertEquals(new ReaderLog.Frame(2, ""), whole.get(3));
        IntStream.rangeClosed(1, bytes.length)
                .forEach(piece -> assertEquals(whole, ReaderLog.of(bytes, piece).items, "pieces of " + piece));
        for (int cut = 1; cut < bytes.length; cut++) {
            ReaderLog log = new ReaderLog();
            RtspReader reader = new RtspReader();
            reader.receive(ByteBuffer.wrap(bytes, 0, cut), log);
            reader.receive(ByteBuffer.wrap(bytes, cut, bytes.length - cut), log);
            assertEquals(whole, log.items, "cut at " + cut);
        }
    }

    private static String text(Object message) {
        return new String(written(message), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n",
                "RTSP/1.0 200 OK\nCSeq: 3\n\n",
                "RTSP/1.0 200 OK\rCSeq: 3\r\r",
                "RTSP/1.0  200  OK  \r\ncseq:3\r\nContent-length: 0\r\nno colon\r\n\r\n",
                "\r\n\r\nRTSP/1.1 200 OK\r\nCSeq :  3  \r\n\r\n",
                "RTSP/1.0 200 OK\r\nX: a\r\nCSeq:\r\n 3\r\nContent-Length: 0\r\nContent-Length: 77\r\n\r\n"
            })
    void receive_looselyWritten_isUnderstood(String wire) {
        RtspResponse response =
                (RtspResponse) ReaderLog.of(ReaderLog.wire(wire), 3).items.get(0);

        assertEquals(200, response.status());
        assertEquals("OK", response.reason());
        assertEquals(3, response.headers().cseq());
    }

    @Test
    void receive_noReason_isUnderstood() {
        assertEquals(
                new RtspResponse(401, "", RtspHeaders.of("CSeq", "1"), MessageText.NO_BODY),
                ReaderLog.of(ReaderLog.wire("RTSP/1.0 401\r\nCSeq: 1\r\n\r\n"), 2)
                        .items
                        .get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\0\0\0\0",
                "rtsp/1.0 200 OK\r\n\r\n",
                "RTSP/1.0 2x0 OK\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 262145\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
                "OPTIONS *\r\n\r\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void receive_noRtsp_isRefusedForGood(String wire) {
        RtspReader reader = new RtspReader();
        ReaderLog log = new ReaderLog();
        byte[] before = written(DESCRIBED);
        reader.receive(ByteBuffer.wrap(before), log);

        RtspSyntaxException e = assertThrows(
                RtspSyntaxException.class, () -> reader.receive(ByteBuffer.wrap(ReaderLog.wire(wire)), log));
        assertEquals(before.length, e.position());
        assertThrows(RtspSyntaxException.class, () -> reader.receive(ByteBuffer.allocate(1), log));
        assertEquals(1, log.items.size());
    }

    @Test
    void receive_headerWithoutEnd_isRefusedWithinTheLimit() {
        RtspReader reader = new RtspReader();
        byte[] line = ReaderLog.wire("X-Header: 123456789\r\n");
        reader.receive(ByteBuffer.wrap(ReaderLog.wire("RTSP/1.0 200 OK\r\n")), new ReaderLog());

        int lines = 0;
        while (lines * line.length <= RtspReader.MAX_HEADER_BYTES + 1000) {
            try {
                reader.receive(ByteBuffer.wrap(line), new ReaderLog());
                lines++;
            } catch (RtspSyntaxException e) {
                assertTrue(lines * line.length > RtspReader.MAX_HEADER_BYTES - 100);
                return;
            }
        }
        throw new AssertionError("taken: " + lines + " lines");
    }

    @Test
    void receive_largestBodyAndFrame_areWhole() {
        RtspResponse big =
                new RtspResponse(200, "OK", RtspHeaders.NONE, Bytes.copyOf(new byte[RtspReader.MAX_BODY_BYTES]));
        String frame = "$\0\u00ff\u00ff" + rtp(1) + "x".repeat(65_535 - 12);
        byte[] wire = ReaderLog.wire(text(big) + frame + frame + text(DESCRIBED));

        List<Object> items = ReaderLog.of(wire, 10_007).items;

        assertEquals(4, items.size());
        assertEquals(big, items.get(0));
        assertEquals(items.get(1), items.get(2));
        assertEquals(DESCRIBED, items.get(3));
    }

    @Test
    void receive_manyFrames_neverChangesWhatWasTold() {
        record Window(byte[] slab, int offset, int length, String content) {}
        List<Window> windows = new ArrayList<>();
        RtspReader reader = new RtspReader();
        RtspReader.Events events = new RtspReader.Events() {
            @Override
            public void onRequest(RtspRequest request) {}

            @Override
            public void onResponse(RtspResponse response) {}

            @Override
            public void onFrame(int channel, byte[] slab, int offset, int length) {
                String content = new String(slab, offset, length, StandardCharsets.ISO_8859_1);
                windows.add(new Window(slab, offset, length, content));
            }
        };
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] wire = ReaderLog.wire(frame(0, i, ("" + i).repeat(random.nextInt(400))));
            int cut = random.nextInt(wire.length);
            reader.receive(ByteBuffer.wrap(wire, 0, cut), events);
            reader.receive(ByteBuffer.wrap(wire, cut, wire.length - cut), events);
        }

        assertEquals(2000, windows.size());
        for (Window w : windows) {
            assertEquals(w.content, new String(w.slab, w.offset, w.length, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 10_000})
    void receive_bytesMissingInAFrame_goesOnAtTheNextKnownFrame(int pieceBytes) {
        String broken = frame(0, 2, "y".repeat(200));
        String wire = frame(0, 1, "first")
                + frame(1, 1, "other")
                + broken.substring(0, 150) // the camera forgot 66 bytes
                + frame(0, 3, "lost $\0\0\5 with it".repeat(10))
                + "$\0\0\50not a frame of this source, but it looks like one"
                + "$\0\0\20\u0080\u0060\0\4\0\0\0\1\1\2\3\5what" // another source
                + frame(0, 4, "back")
                + frame(1, 5, "again")
                + text(DESCRIBED);

        List<Object> items = ReaderLog.of(ReaderLog.wire(wire), pieceBytes).items;

        assertEquals(6, items.size(), items::toString);
        assertEquals(new ReaderLog.Frame(0, rtp(4) + "back"), items.get(3));
        assertEquals(new ReaderLog.Frame(1, rtp(5) + "again"), items.get(4));
        assertEquals(DESCRIBED, items.get(5));
    }

    @Test
    void receive_nothingButJunkAfterMedia_isRefusedInTheEnd() {
        RtspReader reader = new RtspReader();
        ReaderLog log = new ReaderLog();
        reader.receive(ByteBuffer.wrap(ReaderLog.wire(frame(0, 1, "x"))), log);
        byte[] junk = new byte[64 * 1024];

        assertThrows(RtspSyntaxException.class, () -> {
            for (int i = 0; i < 20; i++) {
                reader.receive(ByteBuffer.wrap(junk), log);
            }
        });
        assertTrue(reader.skippedBytes() <= RtspReader.MAX_SKIPPED_BYTES + junk.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void receive_mutatedStream_throwsNothingElse(long seed) {
        Random random = new Random(seed);
        byte[] wire = ReaderLog.wire(text(DESCRIBED)
                + frame(0, 1, "abc")
                + frame(1, 1, "def")
                + text(RtspRequest.of("OPTIONS", "*", RtspHeaders.of("CSeq", "1")))
                + frame(0, 2, "x".repeat(300))
                + text(DESCRIBED));
        for (int round = 0; round < 3000; round++) {
            byte[] mutated = wire.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                ReaderLog log = ReaderLog.of(mutated, 1 + random.nextInt(mutated.length));
                log.items.stream()
                        .filter(item -> !(item instanceof ReaderLog.Frame))
                        .forEach(item -> assertEquals(List.of(item), ReaderLog.of(written(item), 1 << 20).items));
            } catch (RtspSyntaxException e) {
                assertTrue(e.position() <= mutated.length, () -> "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void receive_anyBytes_throwsNothingElse(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            RtspReader reader = new RtspReader();
            ReaderLog log = new ReaderLog();
            try {
                reader.receive(ByteBuffer.wrap(ReaderLog.wire(frame(0, 1, "x"))), log);
                for (int i = 0; i < 20; i++) {
                    byte[] junk = new byte[random.nextInt(2000)];
                    random.nextBytes(junk);
                    reader.receive(ByteBuffer.wrap(junk), log);
                }
            } catch (RtspSyntaxException e) {
                assertTrue(e.position() > 0, () -> "seed " + seed);
            }
        }
    }
}

package dev.oriel.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What any bytes do to the readers of RTSP: at most what is declared, and what is read can be written and read again. */
class RtspFuzzTest {

    private static final String SECRET = "s3cret-word";

    @FuzzTest(maxDuration = "1m")
    void reader(byte[] wire) {
        ReaderLog whole = read(wire, Math.max(1, wire.length));
        ReaderLog byBytes = read(wire, 1);

        assertEquals(whole.items, byBytes.items, "split at every byte");
        for (Object item : whole.items) {
            if (item instanceof RtspRequest request) {
                assertEquals(List.of(item), read(ReaderLog.bytes(request.write()), 4096).items);
            } else if (item instanceof RtspResponse response) {
                assertEquals(List.of(item), read(ReaderLog.bytes(response.write()), 4096).items);
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void fields(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (TransportHeader transport : TransportHeader.parse(text)) {
            transport.pair("interleaved");
            transport.pair("client_port");
            transport.isInterleaved();
            List<TransportHeader> again = TransportHeader.parse(transport.write());
            assertEquals(transport.write(), again.isEmpty() ? "" : again.get(0).write());
        }
        SessionHeader.parse(text)
                .ifPresent(s -> assertEquals(s, SessionHeader.parse(s.write()).orElseThrow()));
        List<AuthChallenge> challenges = AuthChallenge.parseAll(List.of(text));
        Credentials.UserPassword user = new Credentials.UserPassword("user", SECRET);
        Authorization.choose(challenges, user, new Random(1)).ifPresent(a -> {
            String answer = a.answer("DESCRIBE", "rtsp://192.0.2.1/1");
            // A server that knows the secret may make us repeat it; the fuzzer finds such words.
            assertFalse(answer.contains(SECRET) && !text.contains(SECRET)
                    || answer.contains("\r")
                    || answer.contains("\n"));
        });
    }

    @FuzzTest(maxDuration = "1m")
    void location(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        SourceLocation location;
        try {
            location = SourceLocation.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertEquals(location.withCredentials(Credentials.NONE), SourceLocation.parse(location.url()));
    }

    private static ReaderLog read(byte[] wire, int pieceBytes) {
        ReaderLog log = new ReaderLog();
        RtspReader reader = new RtspReader();
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < wire.length; at += pieceBytes) {
            pieces.add(ByteBuffer.wrap(wire, at, Math.min(pieceBytes, wire.length - at)));
        }
        try {
            pieces.forEach(piece -> reader.receive(piece, log));
        } catch (RtspSyntaxException e) {
            log.items.add("broken: " + e.expected());
        }
        log.items.removeIf(String.class::isInstance);
        return log;
    }
}

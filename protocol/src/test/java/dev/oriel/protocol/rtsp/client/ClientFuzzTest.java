package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.camera.CameraOptions;
import dev.oriel.protocol.rtsp.RtspHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What any words of a camera do to the client's side of a session. */
class ClientFuzzTest {

    private static final String REQUEST = "rtsp://192.0.2.1:8554/live/1?a=b";
    private static final String SECRET = "s3cret-word";
    private static final int MAX_ANSWERS = 12;
    private static final int FOREVER_MILLIS = 200_000;

    /** Lines: a base, the control of the session, and those of tracks. */
    @FuzzTest(maxDuration = "1m")
    void controlUrls(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("[\r\n]", 8);
        RtspHeaders headers = RtspHeaders.of("Content-Base", lines[0]);
        ControlUrls urls = ControlUrls.of(REQUEST, headers, lines.length > 1 ? lines[1] : "");
        isUsable(urls.base());
        isUsable(urls.aggregate());
        for (String control : lines) {
            isUsable(urls.of(control));
        }
        ControlUrls.isSameServer(lines[0], REQUEST);
    }

    /** It leads to the camera we are connected to, and can stand in a request. */
    private static void isUsable(String url) {
        assertEquals("rtsp://192.0.2.1:8554", ControlUrls.authorityOf(url.replaceFirst("[?].*", "")));
        assertTrue(url.chars().noneMatch(c -> c <= ' ' || c == 0x7f), url);
    }

    /**
     * Answers of a camera between zero bytes, each without its protocol's name: {@code 200 OK}, fields, an empty line, a body.
     * An empty one is silence, a dollar begins media. Whatever it is, all that is said is a message, and silence ends it.
     */
    @FuzzTest(maxDuration = "1m")
    void machine(byte[] bytes) {
        String[] answers = new String(bytes, StandardCharsets.ISO_8859_1).split("\0", MAX_ANSWERS);
        CameraOptions options = bytes.length % 2 == 0
                ? CameraOptions.DEFAULT
                : CameraOptions.DEFAULT.with(CameraOptions.Transport.MULTICAST);
        Dialogue d = new Dialogue("rtsp://user:" + SECRET + "@192.0.2.1/1", options);
        for (String answer : answers) {
            if (answer.isEmpty()) {
                d.pass(1_500);
            } else if (answer.charAt(0) == '$') {
                d.bytes(answer.getBytes(StandardCharsets.ISO_8859_1)).datagram(0, false, 7000, answer.length());
            } else {
                d.bytes(message(answer));
            }
        }
        boolean repeated = List.of(answers).toString().contains(SECRET);
        assertTrue(repeated || !d.all().contains(SECRET), d::all);
        d.pass(FOREVER_MILLIS);
        assertTrue(d.isOver(), d::all);
        assertEquals(
                1,
                List.of(d.all().split("\n")).stream()
                        .filter(line -> line.startsWith("= end "))
                        .count());
    }

    private static byte[] message(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String head = end < 0 ? answer : answer.substring(0, end);
        String body = end < 0 ? "" : answer.substring(end + 4);
        return ("RTSP/1.0 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.protocol.rtsp.RtspHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlUrlsTest {

    private static final String REQUEST = "rtsp://192.0.2.1:8554/live/1?a=b";

    private static ControlUrls urls(String base, String sessionControl) {
        RtspHeaders headers = base.isEmpty() ? RtspHeaders.NONE : RtspHeaders.of("Content-Base", base);
        return ControlUrls.of(REQUEST, headers, sessionControl);
    }

    @ParameterizedTest
    @CsvSource({
        "'', rtsp://192.0.2.1:8554/live/1?a=b",
        "rtsp://192.0.2.1:8554/live/1/, rtsp://192.0.2.1:8554/live/1/",
        "rtsp://192.0.2.1:8554/live, rtsp://192.0.2.1:8554/live",
        // the camera's own idea of its address
        "rtsp://10.0.0.5/live/1/, rtsp://192.0.2.1:8554/live/1/",
        "rtsp://user:pw@camera.local:554/x/, rtsp://192.0.2.1:8554/x/",
        "rtsp://[fe80::1%25eth0]:554/x/, rtsp://192.0.2.1:8554/x/",
        "/live/1/, rtsp://192.0.2.1:8554/live/1/",
        // nothing that can be used
        "rtsp:///live/1/, rtsp://192.0.2.1:8554/live/1?a=b",
        "rtsp://, rtsp://192.0.2.1:8554/live/1?a=b",
        "<rtsp://192.0.2.1/x>, rtsp://192.0.2.1:8554/live/1?a=b",
        "[rtsp://192.0.2.1/x], rtsp://192.0.2.1:8554/live/1?a=b",
        "rtsp://[/x, rtsp://192.0.2.1:8554/live/1?a=b",
        "rtsp://[192.0.2.1/x], rtsp://192.0.2.1:8554/live/1?a=b",
        "rtsp://a b/x, rtsp://192.0.2.1:8554/live/1?a=b",
        "http://192.0.2.1/x, rtsp://192.0.2.1:8554/live/1?a=b",
        "//x/y, rtsp://192.0.2.1:8554/live/1?a=b"
    })
    void base_asCamerasWriteIt_isOneWeCanUse(String base, String expected) {
        assertEquals(expected, urls(base, "").base());
        assertEquals(expected, urls(base, "*").aggregate());
        assertEquals(
                expected,
                ControlUrls.of(
                                REQUEST,
                                base.isEmpty() ? RtspHeaders.NONE : RtspHeaders.of("content-location", base),
                                "")
                        .base());
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://192.0.2.1:8554/live/, trackID=1, rtsp://192.0.2.1:8554/live/trackID=1",
        "rtsp://192.0.2.1:8554/live, trackID=1, rtsp://192.0.2.1:8554/live/trackID=1",
        "rtsp://192.0.2.1:8554/live/, /trackID=1, rtsp://192.0.2.1:8554/live/trackID=1",
        "rtsp://192.0.2.1:8554/live, /trackID=1, rtsp://192.0.2.1:8554/live/trackID=1",
        "rtsp://192.0.2.1:8554/live/, /live/trackID=1, rtsp://192.0.2.1:8554/live/trackID=1",
        "rtsp://192.0.2.1:8554/live, ?ctype=video, rtsp://192.0.2.1:8554/live?ctype=video",
        "rtsp://192.0.2.1:8554, track1, rtsp://192.0.2.1:8554/track1",
        "'', trackID=1, rtsp://192.0.2.1:8554/live/1?a=b/trackID=1",
        "rtsp://192.0.2.1:8554/live/, *, rtsp://192.0.2.1:8554/live/",
        "rtsp://192.0.2.1:8554/live/, '', rtsp://192.0.2.1:8554/live/",
        "rtsp://192.0.2.1:8554/live/, rtsp://10.0.0.5/live/t1, rtsp://192.0.2.1:8554/live/t1",
        "rtsp://192.0.2.1:8554/live/, RTSP://192.0.2.1:8554/live/t1?x=y, rtsp://192.0.2.1:8554/live/t1?x=y",
        "rtsp://192.0.2.1:8554/live/, rtsp:///t1, rtsp://192.0.2.1:8554/live/",
        "rtsp://192.0.2.1:8554/live/, 'track 1', rtsp://192.0.2.1:8554/live/"
    })
    void control_ofATrack_goesBehindTheBase(String base, String control, String expected) {
        assertEquals(expected, urls(base, "").of(control));
    }

    @Test
    void control_ofTheSession_isWhatIsPlayed() {
        ControlUrls absolute = urls("rtsp://192.0.2.1:8554/live/", "rtsp://10.0.0.5:554/all/");
        assertEquals("rtsp://192.0.2.1:8554/all/", absolute.aggregate());
        assertEquals("rtsp://192.0.2.1:8554/all/t1", absolute.of("t1"));

        ControlUrls relative = urls("rtsp://192.0.2.1:8554/live/", "all");
        assertEquals("rtsp://192.0.2.1:8554/live/all", relative.aggregate());
        assertEquals("rtsp://192.0.2.1:8554/live/t1", relative.of("t1"));
    }

    @Test
    void control_inIpv6_keepsTheBrackets() {
        ControlUrls urls = ControlUrls.of("rtsp://[2001:db8::1]/1", RtspHeaders.NONE, "");

        assertEquals("rtsp://[2001:db8::1]/1/t1", urls.of("t1"));
    }
}

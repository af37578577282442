package dev.oriel.api.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.oriel.api.camera.Credentials.UserPassword;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLocationTest {

    private static Arguments row(String text, String scheme, String host, int port, String target, Credentials login) {
        return Arguments.of(text, new SourceLocation(scheme, host, port, target, login));
    }

    private static UserPassword me(String password) {
        return new UserPassword("me", password);
    }

    static Stream<Arguments> urls() {
        int none = SourceLocation.DEFAULT_PORT;
        Credentials nobody = Credentials.NONE;
        return Stream.of(
                // plain
                row("rtsp://camera", "rtsp", "camera", none, "", nobody),
                row("  RTSP://camera/1 \n", "rtsp", "camera", none, "/1", nobody),
                row("rtsps://192.0.2.20:322/a/b?c=d&e", "rtsps", "192.0.2.20", 322, "/a/b?c=d&e", nobody),
                row("rtsp://camera:/1", "rtsp", "camera", none, "/1", nobody),
                row("rtsp://camera?x=1", "rtsp", "camera", none, "/?x=1", nobody),
                row("rtsp://my_camera.local:8554/", "rtsp", "my_camera.local", 8554, "/", nobody),
                // IPv6
                row("rtsp://[2001:db8::1]/1", "rtsp", "2001:db8::1", none, "/1", nobody),
                row("rtsp://[2001:db8::1]:8554/1", "rtsp", "2001:db8::1", 8554, "/1", nobody),
                row("rtsp://[fe80::1%25eth0]:554/", "rtsp", "fe80::1%25eth0", 554, "/", nobody),
                row("rtsp://me:pw@[2001:db8::1]:8554/1", "rtsp", "2001:db8::1", 8554, "/1", me("pw")),
                row("rtsp://me:p/w@[2001:db8::1]/1", "rtsp", "2001:db8::1", none, "/1", me("p/w")),
                // user information
                row("rtsp://me@camera/1", "rtsp", "camera", none, "/1", me("")),
                row("rtsp://me:@camera/1", "rtsp", "camera", none, "/1", me("")),
                row("rtsp://:pw@camera/1", "rtsp", "camera", none, "/1", new UserPassword("", "pw")),
                row("rtsp://@camera/1", "rtsp", "camera", none, "/1", nobody),
                row("rtsp://me:pw@camera:8554/1", "rtsp", "camera", 8554, "/1", me("pw")),
                row("rtsp://me:a:b@camera/1", "rtsp", "camera", none, "/1", me("a:b")),
                // percent-encoded
                row("rtsp://me:p%40ss%2Fw%3Ard@camera/1", "rtsp", "camera", none, "/1", me("p@ss/w:rd")),
                row("rtsp://m%65:%C3%A9%e2%82%ac@camera/1", "rtsp", "camera", none, "/1", me("é€")),
                row("rtsp://me:p+w@camera/1", "rtsp", "camera", none, "/1", me("p+w")),
                // raw, as users write it
                row("rtsp://me:p@ss@camera/1", "rtsp", "camera", none, "/1", me("p@ss")),
                row("rtsp://me:p/w@camera/1", "rtsp", "camera", none, "/1", me("p/w")),
                row("rtsp://me:p@ss/w%rd@camera/1", "rtsp", "camera", none, "/1", me("p@ss/w%rd")),
                row("rtsp://me:w%rd@camera/1", "rtsp", "camera", none, "/1", me("w%rd")),
                row("rtsp://me:w%@camera/1", "rtsp", "camera", none, "/1", me("w%")),
                row("rtsp://me:w%4@camera/1", "rtsp", "camera", none, "/1", me("w%4")),
                row("rtsp://me:p?w#x@camera/1", "rtsp", "camera", none, "/1", me("p?w#x")),
                row("rtsp://me:p/w@camera:8554/1", "rtsp", "camera", 8554, "/1", me("p/w")),
                row("rtsp://me:12%2F34@camera/1", "rtsp", "camera", none, "/1", me("12/34")),
                row("rtsp://me:p@s/w@192.0.2.20:554/1", "rtsp", "192.0.2.20", 554, "/1", me("p@s/w")),
                row("rtsp://me:p/w@my_camera/1", "rtsp", "my_camera", none, "/1", me("p/w")),
                row("rtsp://me:1234@camera/1", "rtsp", "camera", none, "/1", me("1234")),
                row("rtsp://me:päss@camera/1", "rtsp", "camera", none, "/1", me("päss")),
                row("rtsp://me:p ss@camera/1", "rtsp", "camera", none, "/1", me("p ss")),
                // an @ that belongs to the path
                row("rtsp://camera/a@b", "rtsp", "camera", none, "/a@b", nobody),
                row("rtsp://camera:554/a@b", "rtsp", "camera", 554, "/a@b", nobody),
                row("rtsp://camera:554/u:p@x/1", "rtsp", "camera", 554, "/u:p@x/1", nobody),
                row("rtsp://[2001:db8::1]/a@b", "rtsp", "2001:db8::1", none, "/a@b", nobody),
                row("rtsp://me:pw@camera.local/a@b", "rtsp", "camera.local", none, "/a@b", me("pw")),
                row("rtsp://me:pw@camera/a%40b", "rtsp", "camera", none, "/a%40b", me("pw")),
                row("rtsp://me:pw@camera/a@b", "rtsp", "b", none, "", me("pw@camera/a")),
                row("rtsp://me:pw@camera:554/a@b/c", "rtsp", "camera", 554, "/a@b/c", me("pw")));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void parse_asUsersWriteIt_isTakenApart(String text, SourceLocation expected) {
        assertEquals(expected, SourceLocation.parse(text));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void url_written_parsesToTheSamePlaceWithoutCredentials(String text, SourceLocation expected) {
        assertEquals(expected.withCredentials(Credentials.NONE), SourceLocation.parse(expected.url()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "camera",
                "s3cret",
                "://camera/s3cret",
                "rt sp://s3cret",
                "rtsp://",
                "rtsp:///s3cret",
                "rtsp://me:s3cret@",
                "rtsp://me:s3cret@/1",
                "rtsp://:554/s3cret",
                "rtsp://me:s3cret@camera:0/",
                "rtsp://me:s3cret@camera:65536/",
                "rtsp://me:s3cret@camera:12x/",
                "rtsp://me:s3cret@cam era/",
                "rtsp://camera/s3cret path",
                "rtsp://camera/s3cret\r\nX: y",
                "rtsp://camera/s3cret\u0000",
                "rtsp://me:s3cret@camera\\x/"
            })
    void parse_unusable_isRefusedWithoutRepeatingIt(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SourceLocation.parse(text));

        assertFalse(String.valueOf(refused.getMessage()).contains("s3cret"), refused.getMessage());
    }

    @Test
    void parse_tooLong_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> SourceLocation.parse("rtsp://c/" + "a".repeat(2048)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://me:s3cret@camera/1",
                "rtsp://me:s3cret@s3cret@camera/1",
                "rtsp://me:s3cret/x@camera/1",
                "rtsp://me:%s3cret@camera:554/1",
                "rtsp://me:s3cret?x@[2001:db8::1]/1"
            })
    void toString_neverPrintsTheSecret(String text) {
        SourceLocation location = SourceLocation.parse(text);

        String printed = location + " " + location.url() + " " + location.credentials();

        assertFalse(printed.contains("s3cret"), printed);
    }

    @Test
    void toString_withoutCredentials_isTheUrl() {
        assertEquals(
                "rtsp://camera:554/1",
                SourceLocation.parse("rtsp://camera:554/1").toString());
        assertEquals(
                "rtsp://***@camera/1",
                SourceLocation.parse("rtsp://me:pw@camera/1").toString());
    }

    @Test
    void portToConnect_givenOrNot_isTheSchemesAtLast() {
        assertEquals(554, SourceLocation.parse("rtsp://camera/").portToConnect());
        assertEquals(322, SourceLocation.parse("rtsps://camera/").portToConnect());
        assertEquals(80, SourceLocation.parse("rtsp+http://camera/").portToConnect());
        assertEquals(443, SourceLocation.parse("rtsp+wss://camera/").portToConnect());
        assertEquals(8554, SourceLocation.parse("rtsp://camera:8554/").portToConnect());
        assertEquals(
                SourceLocation.DEFAULT_PORT,
                SourceLocation.parse("demo://camera/").portToConnect());
    }

    @Test
    void normalised_howeverWritten_isTheSame() {
        SourceLocation one =
                SourceLocation.parse("RTSPS://me:p%40ss@Camera/Path").normalised();

        assertEquals(SourceLocation.parse("rtsps://me:p@ss@CAMERA:322/Path").normalised(), one);
        assertEquals("rtsps://camera:322/Path", one.url());
        assertEquals(one, one.normalised());
        assertNotEquals(SourceLocation.parse("rtsp://me:p@ss@camera:322/Path").normalised(), one);
        assertNotEquals(SourceLocation.parse("rtsps://camera/Path").normalised(), one);
    }
}

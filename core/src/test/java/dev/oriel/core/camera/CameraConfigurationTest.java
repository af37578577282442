package dev.oriel.core.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.Trust;
import dev.oriel.api.media.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraConfigurationTest {

    private static final String PID = "dev.oriel.camera~front-door";

    @Test
    void read_urlOnly_takesTheNameFromThePid() {
        CameraConfiguration camera = read(Map.of("url", "rtsp://camera/1"));

        assertEquals("front-door", camera.name().value());
        assertEquals("rtsp://camera/1", camera.location().url());
        assertEquals(Credentials.NONE, camera.location().credentials());
        assertEquals(CameraOptions.DEFAULT, camera.options());
    }

    @Test
    void read_everything_asTextsOrTyped() {
        Map<String, Object> texts = Map.of(
                "name",
                " yard ",
                "url",
                "rtsp://camera/1",
                "user",
                "me",
                "password",
                " p@ss ",
                "alwaysOn",
                "true",
                "audio",
                "false",
                "lingerSeconds",
                "0");
        Map<String, Object> typed = Map.of(
                "name",
                "yard",
                "url",
                "rtsp://camera/1",
                "user",
                "me",
                "password",
                " p@ss ",
                "alwaysOn",
                true,
                "audio",
                false,
                "lingerSeconds",
                0);

        CameraConfiguration camera = read(texts);

        assertEquals(camera, read(typed));
        assertEquals("yard", camera.name().value());
        assertEquals(
                new Credentials.UserPassword("me", " p@ss "), camera.location().credentials());
        assertEquals(
                CameraOptions.DEFAULT
                        .with(CameraOptions.Running.ALWAYS)
                        .with(CameraOptions.Audio.IGNORED)
                        .withLinger(Duration.ZERO),
                camera.options());
    }

    @Test
    void read_credentialsInUrlAndKeys_theKeysCount() {
        assertEquals(
                new Credentials.UserPassword("me", "w%rd"),
                read(Map.of("url", "rtsp://me:w%rd@camera/")).location().credentials());
        assertEquals(
                new Credentials.UserPassword("me", "new"),
                read(Map.of("url", "rtsp://me:old@camera/", ".password", "new"))
                        .location()
                        .credentials());
        assertEquals(
                new Credentials.UserPassword("you", "old"),
                read(Map.of("url", "rtsp://me:old@camera/", "user", "you"))
                        .location()
                        .credentials());
    }

    @ParameterizedTest
    @CsvSource({
        "url, ''",
        "url, not a url with s3cret",
        "url, rtsp://me:s3cret@",
        "url, rtsp://me:s3cret@camera:99999/",
        "name, s3cret/name",
        "alwaysOn, s3cret",
        "audio, s3cret",
        "lingerSeconds, s3cret",
        "lingerSeconds, -1",
        "lingerSeconds, 3601",
        "transport, s3cret",
        "basicAuth, s3cret",
        "tlsTrust, s3cret",
        "tlsFingerprint, s3cret",
        "tlsFingerprint, ab:cd",
        "substreamUrl, rtsp://me:s3cret@"
    })
    void read_badValue_namesPidAndKeyButNotTheValue(String key, String value) {
        Map<String, Object> properties = new HashMap<>(Map.of("url", "rtsp://camera/1"));
        properties.put(key, value);

        String sentence = String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(properties))
                .getMessage());

        assertTrue(sentence.contains(PID) && sentence.contains(" " + key + ":"), sentence);
        assertFalse(sentence.contains("s3cret"), sentence);
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "tcp, TCP", "udp, UDP", "multicast, MULTICAST"})
    void read_transport_isTheOptions(String value, CameraOptions.Transport expected) {
        assertEquals(expected, with("transport", value).options().transport());
    }

    @Test
    void read_basicAuthFalse_neverSendsThePasswordInTheClear() {
        assertEquals(
                CameraOptions.Login.NO_BASIC,
                with("basicAuth", "false").options().login());
        assertEquals(CameraOptions.Login.ANY, with("basicAuth", true).options().login());
    }

    @Test
    void read_trust_aFingerprintWins() {
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 0xab);
        Trust pinned = new Trust.Pinned(Bytes.copyOf(digest));

        assertEquals(Trust.ANYBODY, with("tlsTrust", "anybody").options().trust());
        assertEquals(
                Trust.AUTHORITIES, with("tlsTrust", "authorities").options().trust());
        assertEquals(pinned, with("tlsFingerprint", "aB".repeat(32)).options().trust());
        assertEquals(
                pinned,
                read(Map.of("url", "rtsps://camera/", "tlsTrust", "anybody", "tlsFingerprint", "AB" + ":ab".repeat(31)))
                        .options()
                        .trust());
    }

    @Test
    void read_substream_hasTheSameCredentialsUnlessItNamesItsOwn() {
        Map<String, Object> camera = Map.of("url", "rtsp://camera/1", "user", "me", "password", "pw");
        Map<String, Object> same = new HashMap<>(camera);
        same.put("substreamUrl", "rtsp://camera/2");
        Map<String, Object> own = new HashMap<>(camera);
        own.put("substreamUrl", "rtsp://you:other@camera/2");

        assertEquals(
                SourceLocation.parse("rtsp://me:pw@camera/2"),
                read(same).substream().orElseThrow());
        assertEquals(
                SourceLocation.parse("rtsp://you:other@camera/2"),
                read(own).substream().orElseThrow());
        assertTrue(read(camera).substream().isEmpty());
    }

    private static CameraConfiguration with(String key, Object value) {
        return read(Map.of("url", "rtsp://camera/1", key, value));
    }

    @Test
    void read_pidWithoutUsableSuffix_wantsAName() {
        for (String pid : new String[] {"dev.oriel.camera", "dev.oriel.camera.6f1b", "dev.oriel.camera~a b"}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> CameraConfiguration.read(Map.of("service.pid", pid, "url", "rtsp://camera/")));
            assertTrue(String.valueOf(refused.getMessage()).contains(" name:"), refused.getMessage());
        }
    }

    private static CameraConfiguration read(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("service.pid", PID);
        return CameraConfiguration.read(all);
    }
}

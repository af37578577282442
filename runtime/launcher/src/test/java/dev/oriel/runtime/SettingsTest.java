package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String IMPORT =
            "{\"server\":{\"http_port\":\":9000\"},\"streams\":{\"a\":{\"url\":\"rtsp://imported/\",\"disable_audio\":true}}}";

    @ParameterizedTest
    @CsvSource({
        "'',            '',   8083",
        "'',            9000, 9000",
        "--port 7000,   '',   7000",
        "--port 7000,   9000, 7000",
        "--port 0,      9000, 0",
    })
    void of_port_isTheCommandLinesOrTheImportedOrTheDefault(String words, String imported, int expected)
            throws UsageException {
        Optional<ImportedServer> server =
                imported.isEmpty() ? Optional.empty() : Optional.of(ImportedServer.parse(IMPORT));

        Settings settings = Settings.of(arguments(words), server, Map.of());

        assertEquals(expected, settings.port());
        assertEquals(expected, settings.configurations().get(Settings.HTTP_PID).get(Settings.HTTP_PORT));
    }

    @Test
    void of_mediaPort_isTheEgressBundlesUdpPort() throws UsageException {
        assertEquals(
                Map.of("udpPort", 9000),
                Settings.of(arguments("--media-port 9000"), Optional.empty(), Map.of())
                        .configurations()
                        .get("dev.oriel.egress"));
        assertFalse(Settings.of(arguments(""), Optional.empty(), Map.of())
                .configurations()
                .containsKey("dev.oriel.egress"));
    }

    @Test
    void of_cameraNamedThreeTimes_takesTheCommandLinesUrl() throws UsageException {
        Map<String, Map<String, Object>> folder = Map.of(
                "dev.oriel.camera~a", Map.of("url", "rtsp://folder/", "lingerSeconds", "60", "alwaysOn", "true"));

        Settings settings = Settings.of(arguments("a=rtsp://line/"), Optional.of(ImportedServer.parse(IMPORT)), folder);

        assertEquals(
                Map.of("name", "a", "url", "rtsp://line/", "alwaysOn", "true", "audio", false, "lingerSeconds", "60"),
                settings.configurations().get("dev.oriel.camera~a"));
    }

    @Test
    void of_importedCamera_keepsWhatWasSaidAboutIt() throws UsageException {
        Settings settings = Settings.of(arguments(""), Optional.of(ImportedServer.parse(IMPORT)), Map.of());

        assertEquals(
                Map.of("name", "a", "url", "rtsp://imported/", "alwaysOn", true, "audio", false),
                settings.configurations().get("dev.oriel.camera~a"));
    }

    @Test
    void of_importedCameraOfAnyCertificate_isTrusted() throws UsageException {
        String json =
                "{\"streams\":{\"a\":{\"channels\":{\"0\":{\"url\":\"rtsps://h/\",\"insecure_skip_verify\":true}}}}}";
        Settings settings = Settings.of(arguments(""), Optional.of(ImportedServer.parse(json)), Map.of());

        assertEquals(
                "anybody", settings.configurations().get("dev.oriel.camera~a").get("tlsTrust"));
    }

    @Test
    void of_folder_reachesOtherBundlesToo() throws UsageException {
        Map<String, Map<String, Object>> folder =
                Map.of("dev.oriel.signaling", Map.of("token", "x"), "dev.oriel.egress", Map.of("port", "5000"));

        Settings settings = Settings.of(arguments(""), Optional.empty(), folder);

        assertEquals("x", settings.configurations().get("dev.oriel.signaling").get("token"));
        assertEquals("/", settings.configurations().get("dev.oriel.signaling").get("prefix"));
        assertEquals(Map.of("port", "5000"), settings.configurations().get("dev.oriel.egress"));
    }

    @ParameterizedTest
    @CsvSource({"--no-demo", "demo=rtsp://h/"})
    void of_demoNotWanted_isSwitchedOff(String words) throws UsageException {
        Settings settings = Settings.of(arguments(words), Optional.empty(), Map.of());

        assertEquals(false, settings.configurations().get(Settings.DEMO_PID).get("enabled"));
    }

    @Test
    void of_nothing_leavesTheDemoAsItIs() throws UsageException {
        assertFalse(Settings.of(arguments(""), Optional.empty(), Map.of())
                .configurations()
                .containsKey(Settings.DEMO_PID));
    }

    private static Arguments arguments(String words) throws UsageException {
        return Arguments.parse(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }
}

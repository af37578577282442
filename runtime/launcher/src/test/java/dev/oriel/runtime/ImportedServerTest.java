package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.oriel.api.camera.Trust;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedServerTest {

    @Test
    void parse_rtspToWeb_takesEveryChannel() throws UsageException {
        ImportedServer server = ImportedServer.parse("""
                {
                  "server": {"debug": true, "http_port": ":8183", "http_login": "demo", "rtsp_port": ":5541",
                             "ice_servers": ["stun:stun.example.org:3478"], "defaults": {"audio": true}},
                  "streams": {
                    "27aec28e": {"name": "front", "channels": {
                      "0": {"name": "main", "url": "rtsp://me:secret@10.0.0.1/0", "on_demand": true, "status": 1},
                      "1": {"name": "sub", "url": "rtsp://10.0.0.1/1", "audio": false, "unheard_of": [1]}}},
                    "garage": {"channels": {"sub": {"url": "rtsp://10.0.0.2/"}}}
                  }
                }
                """);

        assertEquals(
                List.of(
                        "27aec28e=rtsp://***@10.0.0.1/0 ON_DEMAND TAKEN",
                        "27aec28e~1=rtsp://10.0.0.1/1 ALWAYS IGNORED",
                        "garage~sub=rtsp://10.0.0.2/ ALWAYS TAKEN"),
                texts(server));
        assertEquals(OptionalInt.of(8183), server.port());
        assertEquals(
                List.of(
                        "The login of the imported server is not taken over: whoever reaches the page sees the cameras."),
                server.notes());
        assertEquals("rtsp://me:secret@10.0.0.1/0", server.cameras().get(0).url());
    }

    /** Cameras make their certificates themselves: RTSPtoWeb 82. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'insecure_skip_verify':true}  | {}                             | ANYBODY",
                "{'insecure_skip_verify':false} | {}                             | AUTHORITIES",
                "{'on_demand':true}             | {}                             | AUTHORITIES",
                "{'on_demand':true}             | {'insecure_skip_verify':true}  | ANYBODY"
            })
    void parse_certificateNotVerified_isTakenOver(String channel, String defaults, String expected)
            throws UsageException {
        String said = "{'url':'rtsps://h/'," + channel.substring(1);
        String json = "{'channel_defaults':" + defaults + ",'streams':{'a':{'channels':{'0':" + said + "}}}}";

        Camera camera = ImportedServer.parse(json.replace('\'', '"')).cameras().get(0);

        assertEquals(expected.equals("ANYBODY") ? Trust.ANYBODY : Trust.AUTHORITIES, camera.trust());
    }

    @Test
    void parse_rtspToWebRtc_takesEveryStream() throws UsageException {
        ImportedServer server = ImportedServer.parse("""
                {
                  "server": {"http_port": ":8083", "webrtc_port_min": 0},
                  "streams": {
                    "H264_AAC": {"on_demand": false, "disable_audio": true, "url": "rtsp://10.0.0.1/a"},
                    "H264_PCMA": {"on_demand": true, "url": "rtsp://10.0.0.1/b"}
                  }
                }
                """);

        assertEquals(
                List.of("H264_AAC=rtsp://10.0.0.1/a ALWAYS IGNORED", "H264_PCMA=rtsp://10.0.0.1/b ON_DEMAND TAKEN"),
                texts(server));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | {}                 | ALWAYS IGNORED",
                "{'on_demand':true}               | {}                 | ON_DEMAND IGNORED",
                "{'on_demand':true,'audio':true}  | {}                 | ON_DEMAND TAKEN",
                "{'on_demand':false,'audio':false}| {'on_demand':true} | ON_DEMAND IGNORED",
                "{'audio':false}                  | {'audio':true}     | ALWAYS TAKEN",
                "{'on_demand':true}               | {'on_demand':false}| ON_DEMAND IGNORED",
            })
    void parse_channelDefaults_winWhereTheyAreSet(String channel, String defaults, String expected)
            throws UsageException {
        String said = channel.equals("{}") ? "{'url':'rtsp://h/'}" : "{'url':'rtsp://h/'," + channel.substring(1);
        String json = "{'channel_defaults':" + defaults + ",'streams':{'a':{'channels':{'0':" + said + "}}}}";

        ImportedServer server = ImportedServer.parse(json.replace('\'', '"'));

        assertEquals(List.of("a=rtsp://h/ " + expected), texts(server));
    }

    @ParameterizedTest
    @CsvSource({
        "':8083',        8083",
        "'8083',         8083",
        "'0.0.0.0:80',   80",
        "'[::1]:81',     81",
        "82,             82",
        "':',            -1",
        "':99999',       -1",
        "true,           -1",
    })
    void parse_httpPort_isReadInAnyForm(String text, int port) throws UsageException {
        String value = text.matches("\\d+|true") && !text.equals("8083") ? text : "\"" + text + "\"";

        ImportedServer server = ImportedServer.parse("{\"server\":{\"http_port\":" + value + "},\"streams\":{}}");

        assertEquals(port < 0 ? OptionalInt.empty() : OptionalInt.of(port), server.port());
    }

    @Test
    void parse_cameraThatCannotBeTaken_isNotedAndTheOthersAreTaken() throws UsageException {
        ImportedServer server = ImportedServer.parse("""
                {"streams": {"with blank": {"url": "rtsp://me:secret@h/"}, "empty": {}, "good": {"url": "rtsp://h/"}}}
                """);

        assertEquals(List.of("good=rtsp://h/ ALWAYS TAKEN"), texts(server));
        assertEquals(
                List.of(
                        "The stream \"with blank\" is left out: a name has letters, digits and . _ ~ = % - only.",
                        "The stream \"empty\" is left out. A camera's URL begins with a scheme such as rtsp://."),
                server.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'streams': secret}   | The file to import is not JSON: there is an error in line 1, column 13.",
                "{'server': {}}        | The file to import has no \"streams\", so it is no configuration of RTSPtoWeb or RTSPtoWebRTC.",
                "[]                    | The file to import has no \"streams\", so it is no configuration of RTSPtoWeb or RTSPtoWebRTC.",
            })
    void parse_fileOfAnotherKind_isRefusedInASentence(String json, String sentence) {
        UsageException e = assertThrows(UsageException.class, () -> ImportedServer.parse(json.replace('\'', '"')));

        assertEquals(sentence, e.getMessage());
        assertFalse(e.getMessage().contains("secret"));
    }

    private static List<String> texts(ImportedServer server) {
        return server.cameras().stream()
                .map(camera -> camera + " " + camera.running() + " " + camera.audio())
                .toList();
    }
}

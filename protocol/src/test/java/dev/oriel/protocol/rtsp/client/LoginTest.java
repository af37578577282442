package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.Credentials;
import dev.oriel.protocol.rtsp.RtspHeaders;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoginTest {

    private static final String BASIC = "Basic realm=\"cam\"";
    private static final String DIGEST = "Digest realm=\"cam\", nonce=\"abc\"";

    private static Login login(CameraOptions.Login kinds) {
        return new Login(new Credentials.UserPassword("admin", "s3cret"), kinds, new Random(1));
    }

    private static Login.Verdict challenged(Login login, String... challenges) {
        RtspHeaders headers = RtspHeaders.NONE;
        for (String challenge : challenges) {
            headers = headers.with("WWW-Authenticate", challenge);
        }
        return login.challenged(headers, false);
    }

    @Test
    void challenged_basicSwitchedOff_isRefusedWithItsSentence() {
        Login login = login(CameraOptions.Login.NO_BASIC);

        Login.Verdict verdict = challenged(login, BASIC);

        assertEquals(Login.Verdict.BASIC_FORBIDDEN, verdict);
        assertEquals(
                "asks for the password in the clear (Basic), which is switched off for this camera",
                verdict.sentence());
        assertEquals(Optional.empty(), login.answer("DESCRIBE", "rtsp://192.0.2.1/1"));
    }

    @Test
    void challenged_basicSwitchedOffBesideDigest_isAnsweredByDigest() {
        Login login = login(CameraOptions.Login.NO_BASIC);

        assertEquals(Login.Verdict.AGAIN, challenged(login, BASIC, DIGEST));

        assertTrue(login.answer("DESCRIBE", "rtsp://192.0.2.1/1").orElseThrow().startsWith("Digest "));
    }

    @Test
    void challenged_digestRefusedAndBasicSwitchedOff_doesNotFallBack() {
        Login login = login(CameraOptions.Login.NO_BASIC);
        challenged(login, DIGEST, BASIC);

        assertEquals(
                Login.Verdict.REFUSED,
                login.challenged(RtspHeaders.of("WWW-Authenticate", DIGEST).with("WWW-Authenticate", BASIC), true));
        assertFalse(login.answer("DESCRIBE", "rtsp://192.0.2.1/1").orElse("").startsWith("Basic"));
    }

    @Test
    void challenged_basicAllowed_isAnswered() {
        Login login = login(CameraOptions.Login.ANY);

        assertEquals(Login.Verdict.AGAIN, challenged(login, BASIC));

        assertEquals(Optional.of("Basic YWRtaW46czNjcmV0"), login.answer("DESCRIBE", "rtsp://192.0.2.1/1"));
    }

    @Test
    void elsewhere_forgetsTheAnswerAndForbidsBasic() {
        Login login = login(CameraOptions.Login.ANY);
        challenged(login, BASIC);

        login.elsewhere();

        assertEquals(Optional.empty(), login.answer("DESCRIBE", "rtsp://192.0.2.2/1"));
        assertEquals(Login.Verdict.BASIC_FORBIDDEN, challenged(login, BASIC));
    }
}

package dev.oriel.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationTest {

    private static final Credentials.UserPassword MUFASA = new Credentials.UserPassword("Mufasa", "Circle of Life");

    private static final String RFC_7616 =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s, "
                    + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                    + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static Authorization choose(Credentials.UserPassword user, String... fields) {
        return Authorization.choose(AuthChallenge.parseAll(List.of(fields)), user, new Random(1))
                .orElseThrow();
    }

    /** RFC 7616 section 3.9.1. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void digest_rfc7616Example_isTheOneGivenThere(String algorithm, String response) {
        String answer = choose(MUFASA, String.format(RFC_7616, algorithm))
                .digest("GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", 1);

        assertTrue(answer.contains("response=\"" + response + "\""), answer);
        assertTrue(answer.contains("nc=00000001, "), answer);
        assertTrue(answer.contains("qop=auth, "), answer);
        assertTrue(answer.endsWith("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""), answer);
    }

    /** RFC 7616 section 3.9.2, with the sums of its erratum 4897: those of the text are of another algorithm. */
    @Test
    void digest_sha512And256WithUserhash_isTheOneOfTheRfc() {
        String answer = choose(
                        new Credentials.UserPassword("J\u00e4s\u00f8n Doe", "Secret, or not?"),
                        "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, "
                                + "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", "
                                + "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true")
                .digest("GET", "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v", 1);

        assertTrue(
                answer.contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\", "),
                answer);
        assertTrue(
                answer.contains("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\""),
                answer);
        assertTrue(answer.contains("algorithm=SHA-512-256, "), answer);
        assertTrue(answer.endsWith("userhash=true"), answer);
    }

    /**
     * RFC 7616 section 3.4.3, of a request without a body; made by Python's hashlib:
     *
     * <pre>
     * H(':'.join([H('Mufasa:http-auth@example.org:Circle of Life'), nonce, '00000001', cnonce, 'auth-int',
     *     H('DESCRIBE:rtsp://192.0.2.1/1:' + H(''))]))
     * </pre>
     */
    @ParameterizedTest
    @CsvSource({
        "MD5, c6e3994953051d4a77ea09340af8c336",
        "SHA-256, c4e6bf190842dd87f315282c0f31a80110984e83516ceb9a1f06e7d1574299ab"
    })
    void digest_authIntAlone_coversTheEmptyBody(String algorithm, String response) {
        String answer = choose(
                        MUFASA,
                        String.format(RFC_7616, algorithm).replace("qop=\"auth, auth-int\"", "qop=\"auth-int\""))
                .digest("DESCRIBE", "rtsp://192.0.2.1/1", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", 1);

        assertTrue(answer.contains("qop=auth-int, "), answer);
        assertTrue(answer.contains("response=\"" + response + "\""), answer);
    }

    /** RFC 2617 section 3.5. */
    @Test
    void digest_rfc2617Example_isTheOneGivenThere() {
        String answer = choose(
                        new Credentials.UserPassword("Mufasa", "Circle Of Life"),
                        "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"")
                .digest("GET", "/dir/index.html", "0a4f113b", 1);

        assertTrue(answer.contains("response=\"6629fae49393a05397450978507c4ef1\""), answer);
        assertFalse(answer.contains("algorithm"), "what the server did not name is not named to it");
    }

    /** Without qop, as RFC 2069 has it and most cameras do it; the sum was made with md5sum. */
    @Test
    void digest_withoutQop_hasNeitherCountNorClientNonce() {
        String answer = choose(new Credentials.UserPassword("admin", "12345"), "Digest realm=\"cam\", nonce=\"abc\"")
                .answer("DESCRIBE", "rtsp://192.0.2.1/1");

        assertEquals(
                "Digest username=\"admin\", realm=\"cam\", nonce=\"abc\", uri=\"rtsp://192.0.2.1/1\", "
                        + "response=\"98dba74fb95e98b7b6aa6b15dae2aa0f\"",
                answer);
    }

    @Test
    void answer_again_countsUpWithAnotherClientNonce() {
        Authorization authorization = choose(MUFASA, String.format(RFC_7616, "SHA-256"));

        String first = authorization.answer("DESCRIBE", "rtsp://a/");
        String second = authorization.answer("DESCRIBE", "rtsp://a/");

        assertTrue(first.contains("nc=00000001"), first);
        assertTrue(second.contains("nc=00000002"), second);
        assertFalse(second.contains(first.replaceAll(".*cnonce=\"(\\w+)\".*", "$1")));
    }

    @Test
    void choose_several_takesTheStrongest() {
        String basic = "Basic realm=\"x\"";
        String md5 = "Digest realm=\"x\", nonce=\"1\"";
        String sha = "Digest realm=\"x\", nonce=\"2\", algorithm=SHA-256";
        String unknown = "Digest realm=\"x\", nonce=\"2\", algorithm=SHA-3";

        assertTrue(choose(MUFASA, basic, md5, sha).answer("A", "b").contains("algorithm=SHA-256"));
        assertTrue(choose(MUFASA, basic + ", " + md5).answer("A", "b").startsWith("Digest"));
        assertEquals(
                "Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl",
                choose(MUFASA, unknown, basic).answer("A", "b"));
        assertEquals(
                Optional.empty(),
                Authorization.choose(AuthChallenge.parseAll(List.of(unknown)), MUFASA, new Random(1)));
    }

    @Test
    void answer_sessAlgorithm_isNamedAsTheServerDid() {
        assertTrue(choose(MUFASA, "Digest realm=\"x\", nonce=\"1\", algorithm=MD5-sess, qop=\"auth\"")
                .answer("A", "b")
                .contains("algorithm=MD5-sess"));
    }

    @Test
    void answer_quoteInTheName_isEscaped() {
        assertTrue(choose(new Credentials.UserPassword("a\"b\r\n", ""), "Digest realm=\"x\", nonce=\"1\"")
                .answer("A", "b")
                .contains("username=\"a\\\"b\""));
    }
}

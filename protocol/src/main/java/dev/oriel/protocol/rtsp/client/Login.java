package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.Credentials;
import dev.oriel.protocol.rtsp.AuthChallenge;
import dev.oriel.protocol.rtsp.Authorization;
import dev.oriel.protocol.rtsp.RtspResponse;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Getting in: nothing is shown before the camera asks, and a refused answer is not tried again, since cameras lock out those
 * who knock too often. A request is repeated once where the camera says, or has shown before, that only its nonce is another.
 */
final class Login {

    /** What a challenge leads to. */
    enum Verdict {
        AGAIN(""),
        NO_CREDENTIALS("asks for a user name and a password"),
        UNKNOWN_KIND("asks for a kind of login that is neither Digest with SHA-256 or MD5, nor Basic"),
        REFUSED("refuses the user name or password");

        private final String sentence;

        Verdict(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    private final Credentials credentials;
    private final RandomGenerator random;
    private Optional<Authorization> authorization = Optional.empty();
    private boolean accepted;

    Login(Credentials credentials, RandomGenerator random) {
        this.credentials = credentials;
        this.random = random;
    }

    /** What goes into the {@code Authorization} field of a request. */
    Optional<String> answer(String method, String url) {
        return authorization.map(a -> a.answer(method, url));
    }

    /** A request was done; if it carried an answer, the answer was right. */
    void accepted() {
        accepted |= authorization.isPresent();
    }

    /** Takes a 401. */
    Verdict challenged(RtspResponse response, boolean repeated) {
        if (!(credentials instanceof Credentials.UserPassword user)) {
            return Verdict.NO_CREDENTIALS;
        }
        List<AuthChallenge> challenges =
                AuthChallenge.parseAll(response.headers().all("WWW-Authenticate"));
        Optional<Authorization> next = Authorization.choose(challenges, user, random);
        if (next.isEmpty()) {
            return Verdict.UNKNOWN_KIND;
        }
        boolean another = authorization.isPresent()
                && (challenges.stream().anyMatch(AuthChallenge::isStale)
                        || accepted
                                && !next.get()
                                        .nonce()
                                        .equals(authorization.get().nonce()));
        if (repeated || authorization.isPresent() && !another) {
            return Verdict.REFUSED;
        }
        authorization = next;
        return Verdict.AGAIN;
    }
}

package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.Credentials;
import dev.oriel.protocol.rtsp.AuthChallenge;
import dev.oriel.protocol.rtsp.Authorization;
import dev.oriel.protocol.rtsp.RtspHeaders;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Getting in, at an RTSP server or an HTTP server in front of it: nothing is shown before the camera asks. A refused answer is
 * not tried again, since cameras lock out those who knock too often; only where the camera offers a weaker kind besides, that
 * one is tried once, for there are cameras that reckon the stronger one wrong. A request is also repeated where the camera
 * says, or has shown before, that only its nonce or realm is another.
 *
 * <p>Confined to one thread.
 */
public final class Login {

    /** What a challenge leads to. */
    public enum Verdict {
        /** The request is sent once more, with another answer. */
        AGAIN(""),
        /** There is nobody to log in as. */
        NO_CREDENTIALS("asks for a user name and a password"),
        /** None of what is offered is known. */
        UNKNOWN_KIND("asks for a kind of login that is neither Digest with SHA-512-256, SHA-256 or MD5, nor Basic"),
        /** Basic alone is offered. */
        BASIC_FORBIDDEN("asks for the password in the clear (Basic), which is switched off for this camera"),
        /** The answer was wrong. */
        REFUSED("refuses the user name or password");

        private final String sentence;

        Verdict(String sentence) {
            this.sentence = sentence;
        }

        /** What it means, behind the name of the camera. */
        public String sentence() {
            return sentence;
        }
    }

    private final Credentials credentials;
    private CameraOptions.Login kinds;
    private final RandomGenerator random;
    private Optional<Authorization> authorization = Optional.empty();
    private boolean accepted;
    private boolean fellBack;

    /** A login nobody has asked for yet. */
    public Login(Credentials credentials, CameraOptions.Login kinds, RandomGenerator random) {
        this.credentials = credentials;
        this.kinds = kinds;
        this.random = random;
    }

    /**
     * Goes on at another host, which the camera has named: that one must ask anew, and is not given the password in the
     * clear, as nobody but the camera vouches for it.
     */
    void elsewhere() {
        kinds = CameraOptions.Login.NO_BASIC;
        authorization = Optional.empty();
        accepted = false;
        fellBack = false;
    }

    /** What goes into the {@code Authorization} field of a request. A secret: it must not be logged. */
    public Optional<String> answer(String method, String url) {
        return authorization.map(a -> a.answer(method, url));
    }

    /** A request was done; if it carried an answer, the answer was right. */
    public void accepted() {
        accepted |= authorization.isPresent();
    }

    /**
     * Takes a 401 with these fields.
     *
     * @param repeated whether the request was one that had been sent again already
     */
    public Verdict challenged(RtspHeaders headers, boolean repeated) {
        if (!(credentials instanceof Credentials.UserPassword user)) {
            return Verdict.NO_CREDENTIALS;
        }
        List<AuthChallenge> offered = AuthChallenge.parseAll(headers.all("WWW-Authenticate"));
        List<AuthChallenge> challenges = offered.stream()
                .filter(challenge -> kinds == CameraOptions.Login.ANY || !challenge.isScheme("Basic"))
                .toList();
        Optional<Authorization> next = Authorization.choose(challenges, user, random);
        if (next.isEmpty()) {
            return challenges.size() < offered.size() ? Verdict.BASIC_FORBIDDEN : Verdict.UNKNOWN_KIND;
        }
        boolean first = authorization.isEmpty();
        boolean another = !first
                && (challenges.stream().anyMatch(AuthChallenge::isStale)
                        || accepted && !next.get().isOfSameChallenge(authorization.get()));
        if (!repeated && (first || another)) {
            authorization = next;
            return Verdict.AGAIN;
        }
        if (accepted || fellBack || first) {
            return Verdict.REFUSED;
        }
        fellBack = true;
        Optional<Authorization> weaker = authorization.get().weaker(challenges);
        if (weaker.isEmpty()) {
            return Verdict.REFUSED;
        }
        authorization = weaker;
        return Verdict.AGAIN;
    }
}

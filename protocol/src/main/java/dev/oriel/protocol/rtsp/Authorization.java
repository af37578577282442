package dev.oriel.protocol.rtsp;

import dev.oriel.api.camera.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A way to answer one challenge again and again: Digest with SHA-256 or MD5 (RFC 7616, and RFC 2069 where a server names no
 * {@code qop}), or Basic (RFC 7617).
 *
 * <p>Confined to one thread: the nonce count rises with each answer.
 */
public final class Authorization {

    /** The name of the request's header field. */
    public static final String NAME = "Authorization";

    private enum Kind {
        DIGEST_SHA_256("SHA-256"),
        DIGEST_MD5("MD5"),
        BASIC("");

        private final String algorithm;

        Kind(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    private final Kind kind;
    private final AuthChallenge challenge;
    private final Credentials.UserPassword user;
    private final RandomGenerator random;
    private int count;

    private Authorization(Kind kind, AuthChallenge challenge, Credentials.UserPassword user, RandomGenerator random) {
        this.kind = kind;
        this.challenge = challenge;
        this.user = user;
        this.random = random;
    }

    /**
     * The strongest way that one of the challenges allows; of equals the first. Empty if none is known here.
     *
     * @param random where client nonces come from
     */
    public static Optional<Authorization> choose(
            List<AuthChallenge> challenges, Credentials.UserPassword user, RandomGenerator random) {
        for (Kind kind : Kind.values()) {
            for (AuthChallenge challenge : challenges) {
                if (kindOf(challenge).filter(kind::equals).isPresent()) {
                    return Optional.of(new Authorization(kind, challenge, user, random));
                }
            }
        }
        return Optional.empty();
    }

    /** The value of the {@code Authorization} field for a request. A secret: it must not be logged. */
    public String answer(String method, String uri) {
        if (kind == Kind.BASIC) {
            byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        byte[] clientNonce = new byte[16];
        random.nextBytes(clientNonce);
        count++;
        return digest(method, uri, HexFormat.of().formatHex(clientNonce), count);
    }

    /** What the challenge gave to be mixed in; empty for Basic. Another one means that the server wants a new answer. */
    public String nonce() {
        return challenge.parameter("nonce").orElse("");
    }

    String digest(String method, String uri, String clientNonce, int nonceCount) {
        String realm = challenge.parameter("realm").orElse("");
        String algorithm = challenge.parameter("algorithm").orElse("");
        String secret = hash(user.user() + ":" + realm + ":" + user.password());
        if (algorithm.toLowerCase(Locale.ROOT).endsWith("-sess")) {
            secret = hash(secret + ":" + nonce() + ":" + clientNonce);
        }
        String request = hash(method + ":" + uri);
        StringBuilder out = new StringBuilder(256).append("Digest ");
        quoted(out, "username", user.user());
        quoted(out, "realm", realm);
        quoted(out, "nonce", nonce());
        quoted(out, "uri", uri);
        if (!algorithm.isEmpty()) {
            out.append("algorithm=").append(algorithm).append(", ");
        }
        if (offersQop()) {
            String counted = String.format(Locale.ROOT, "%08x", nonceCount);
            String response = hash(secret + ":" + nonce() + ":" + counted + ":" + clientNonce + ":auth:" + request);
            out.append("nc=").append(counted).append(", ");
            quoted(out, "cnonce", clientNonce);
            out.append("qop=auth, ");
            quoted(out, "response", response);
        } else {
            quoted(out, "response", hash(secret + ":" + nonce() + ":" + request));
        }
        challenge.parameter("opaque").ifPresent(opaque -> quoted(out, "opaque", opaque));
        return out.substring(0, out.length() - 2);
    }

    private boolean offersQop() {
        return Arrays.stream(challenge.parameter("qop").orElse("").split(","))
                .anyMatch(q -> q.strip().equalsIgnoreCase("auth"));
    }

    private static Optional<Kind> kindOf(AuthChallenge challenge) {
        if (challenge.isScheme("Basic")) {
            return Optional.of(Kind.BASIC);
        }
        if (!challenge.isScheme("Digest") || challenge.parameter("nonce").isEmpty()) {
            return Optional.empty();
        }
        return switch (challenge.parameter("algorithm").orElse("MD5").toUpperCase(Locale.ROOT)) {
            case "", "MD5", "MD5-SESS" -> Optional.of(Kind.DIGEST_MD5);
            case "SHA-256", "SHA-256-SESS" -> Optional.of(Kind.DIGEST_SHA_256);
            default -> Optional.empty();
        };
    }

    /** A line break in a value would end the field, and with it the request. */
    private static void quoted(StringBuilder out, String name, String value) {
        String clean = value.replaceAll("[\\r\\n]", "").replace("\\", "\\\\").replace("\"", "\\\"");
        out.append(name).append("=\"").append(clean).append("\", ");
    }

    private String hash(String text) {
        try {
            byte[] sum = MessageDigest.getInstance(kind.algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5 and SHA-256", e);
        }
    }
}

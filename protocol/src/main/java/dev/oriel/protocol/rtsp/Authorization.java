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
 * A way to answer one challenge again and again: Digest with SHA-512-256, SHA-256 or MD5 (RFC 7616, and RFC 2069 where a server names no
 * {@code qop}), or Basic (RFC 7617).
 *
 * <p>Confined to one thread: the nonce count rises with each answer.
 */
public final class Authorization {

    /** The name of the request's header field. */
    public static final String NAME = "Authorization";

    private enum Kind {
        DIGEST_SHA_512_256("SHA-512/256"),
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
    private String clientNonce = "";

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
        return choose(Arrays.asList(Kind.values()), challenges, user, random);
    }

    private static Optional<Authorization> choose(
            List<Kind> kinds, List<AuthChallenge> challenges, Credentials.UserPassword user, RandomGenerator random) {
        for (Kind kind : kinds) {
            for (AuthChallenge challenge : challenges) {
                if (kindOf(challenge).filter(kind::equals).isPresent()) {
                    return Optional.of(new Authorization(kind, challenge, user, random));
                }
            }
        }
        return Optional.empty();
    }

    /** The strongest way among those that are weaker than this one. */
    public Optional<Authorization> weaker(List<AuthChallenge> challenges) {
        List<Kind> kinds = Arrays.asList(Kind.values());
        return choose(kinds.subList(kind.ordinal() + 1, kinds.size()), challenges, user, random);
    }

    /** The value of the {@code Authorization} field for a request. A secret: it must not be logged. */
    public String answer(String method, String uri) {
        if (kind == Kind.BASIC) {
            byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        if (clientNonce.isEmpty() || !isSession()) {
            // In a session the first one counts for some servers, the last one for others: so they are the same.
            byte[] fresh = new byte[16];
            random.nextBytes(fresh);
            clientNonce = HexFormat.of().formatHex(fresh);
        }
        count++;
        return digest(method, uri, clientNonce, count);
    }

    /** Whether both answer the same nonce in the same realm; another one means that the server wants a new answer. */
    public boolean isOfSameChallenge(Authorization other) {
        return nonce().equals(other.nonce()) && challenge.parameter("realm").equals(other.challenge.parameter("realm"));
    }

    private String nonce() {
        return challenge.parameter("nonce").orElse("");
    }

    private boolean isSession() {
        return challenge
                .parameter("algorithm")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .endsWith("-sess");
    }

    String digest(String method, String uri, String clientNonce, int nonceCount) {
        String realm = challenge.parameter("realm").orElse("");
        String algorithm = challenge.parameter("algorithm").orElse("");
        String secret = hash(user.user() + ":" + realm + ":" + user.password());
        if (isSession()) {
            secret = hash(secret + ":" + nonce() + ":" + clientNonce);
        }
        String qop = qop();
        // None of our requests has a body, so of auth-int it is the sum of nothing that goes in.
        String request = hash(method + ":" + uri + (qop.equals("auth-int") ? ":" + hash("") : ""));
        boolean hashed = challenge.parameter("userhash").orElse("").equalsIgnoreCase("true");
        StringBuilder out = new StringBuilder(256).append("Digest ");
        quoted(out, "username", hashed ? hash(user.user() + ":" + realm) : user.user());
        quoted(out, "realm", realm);
        quoted(out, "nonce", nonce());
        quoted(out, "uri", uri);
        if (!algorithm.isEmpty()) {
            out.append("algorithm=").append(algorithm).append(", ");
        }
        if (!qop.isEmpty()) {
            String counted = String.format(Locale.ROOT, "%08x", nonceCount);
            String response =
                    hash(secret + ":" + nonce() + ":" + counted + ":" + clientNonce + ":" + qop + ":" + request);
            out.append("nc=").append(counted).append(", ");
            quoted(out, "cnonce", clientNonce);
            out.append("qop=").append(qop).append(", ");
            quoted(out, "response", response);
        } else {
            if (isSession()) {
                quoted(out, "cnonce", clientNonce);
            }
            quoted(out, "response", hash(secret + ":" + nonce() + ":" + request));
        }
        challenge.parameter("opaque").ifPresent(opaque -> quoted(out, "opaque", opaque));
        if (hashed) {
            out.append("userhash=true, ");
        }
        return out.substring(0, out.length() - 2);
    }

    private String qop() {
        List<String> offered = Arrays.stream(
                        challenge.parameter("qop").orElse("").split("[, ]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return offered.contains("auth") ? "auth" : offered.contains("auth-int") ? "auth-int" : "";
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
            case "SHA-512-256", "SHA-512-256-SESS" -> Optional.of(Kind.DIGEST_SHA_512_256);
            case "SHA-256", "SHA-256-SESS", "SHA256" -> Optional.of(Kind.DIGEST_SHA_256);
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
            throw new IllegalStateException("Every Java platform has MD5, SHA-256 and SHA-512/256", e);
        }
    }
}

package dev.oriel.testkit.scripted;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who lets clients in at a camera: knows what the camera has asked for last, and computes the right answer by itself
 * (RFC 2617, RFC 7616).
 */
public final class Guard {

    private static final Pattern CHALLENGE = Pattern.compile("(?im)^WWW-Authenticate:\\s*(\\w+)(.*)$");

    private final String user;
    private final String password;
    private final List<String[]> challenges = new ArrayList<>();

    /** @param login user name and password, a blank between them */
    public Guard(String login) {
        String[] words = login.split(" ", 2);
        user = words[0];
        password = words.length > 1 ? words[1] : "";
    }

    /** Listens to what the camera says: its last challenges count. */
    public void said(String message) {
        Matcher matcher = CHALLENGE.matcher(message);
        List<String[]> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(new String[] {matcher.group(1), matcher.group(2)});
            int another = matcher.group(2).indexOf(", Digest ");
            if (another >= 0) {
                found.add(new String[] {"Digest", matcher.group(2).substring(another + 9)});
            }
        }
        if (!found.isEmpty()) {
            challenges.clear();
            challenges.addAll(found);
        }
    }

    /** Whether a request answers one of the challenges rightly. */
    public boolean letsIn(Heard request) {
        String answer = request.field("Authorization").orElse("");
        for (String[] challenge : challenges) {
            boolean right = challenge[0].equalsIgnoreCase("Basic")
                    ? answer.equals("Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
                    : answer.startsWith("Digest ") && isRight(request, answer, challenge[1]);
            if (right) {
                return true;
            }
        }
        return false;
    }

    private boolean isRight(Heard request, String answer, String challenge) {
        String algorithm = parameter(challenge, "algorithm").toUpperCase(Locale.ROOT);
        String hash = algorithm.startsWith("SHA-512-256")
                ? "SHA-512/256"
                : algorithm.startsWith("SHA-256") ? "SHA-256" : "MD5";
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        String cnonce = parameter(answer, "cnonce");
        String secret = hash(hash, user + ":" + realm + ":" + password);
        if (algorithm.endsWith("-SESS")) {
            secret = hash(hash, secret + ":" + nonce + ":" + cnonce);
        }
        String asked = hash(hash, request.method() + ":" + parameter(answer, "uri"));
        String quality = parameter(answer, "qop");
        if (quality.equals("auth-int")) {
            // No request of the client has a body.
            asked = hash(hash, request.method() + ":" + parameter(answer, "uri") + ":" + hash(hash, ""));
        }
        boolean offered = List.of(parameter(challenge, "qop").split("[ ,]+")).contains(quality);
        String expected = quality.isEmpty()
                ? hash(hash, secret + ":" + nonce + ":" + asked)
                : hash(
                        hash,
                        secret + ":" + nonce + ":" + parameter(answer, "nc") + ":" + cnonce + ":" + quality + ":"
                                + asked);
        boolean summed = parameter(challenge, "userhash").equals("true");
        return offered
                && (!summed || parameter(answer, "username").equals(hash(hash, user + ":" + realm)))
                && expected.equals(parameter(answer, "response"))
                && parameter(answer, "uri").equals(request.url())
                && parameter(answer, "nonce").equals(nonce)
                && parameter(answer, "opaque").equals(parameter(challenge, "opaque"));
    }

    private static String parameter(String text, String name) {
        Matcher matcher = Pattern.compile("(?i)(?:^|[ ,])" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\",\\s]*))")
                .matcher(text);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] sum = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

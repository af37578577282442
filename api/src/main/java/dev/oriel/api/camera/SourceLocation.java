package dev.oriel.api.camera;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where a camera is: scheme, host, port and request target, with the credentials kept apart so that they are never printed.
 *
 * @param scheme lower case, e.g. {@code rtsp}
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535, or {@link #DEFAULT_PORT} for the scheme's own
 * @param target path and query as they go on the wire, starting with {@code /}, or empty
 * @param credentials how to be let in
 */
public record SourceLocation(String scheme, String host, int port, String target, Credentials credentials) {

    /** Stands for "the port the scheme has by itself". */
    public static final int DEFAULT_PORT = -1;

    private static final int MAX_LENGTH = 2048;

    /** Those of RTSP, bare, in TLS, and in HTTP or a WebSocket under the names in use. */
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("rtsp", 554),
            Map.entry("rtsps", 322),
            Map.entry("rtsp+http", 80),
            Map.entry("rtsph", 80),
            Map.entry("rtsp+https", 443),
            Map.entry("rtsps+http", 443),
            Map.entry("rtspsh", 443),
            Map.entry("rtsp+ws", 80),
            Map.entry("rtsp+wss", 443),
            Map.entry("rtsps+ws", 443));

    /** @throws IllegalArgumentException if a part is out of its range; no part is repeated in the message */
    public SourceLocation {
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException("A camera's URL begins with a scheme such as rtsp://");
        }
        if (host.isEmpty() || !host.matches("[A-Za-z0-9._:%\\[\\]-]+")) {
            throw new IllegalArgumentException("A camera's URL needs a host name or address");
        }
        if (port != DEFAULT_PORT && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("A port lies between 1 and 65535");
        }
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) == 0x7f) {
                throw new IllegalArgumentException("A camera's URL holds no blank and no control character");
            }
        }
    }

    /**
     * Reads a URL as users write it.
     *
     * <p>User information may be percent-encoded or raw ({@code rtsp://me:p@ss/w%rd@camera/1}): it ends at the last
     * {@code @} that is followed by something that can be a host. Only where the plain reading of the URL (RFC 3986) gives
     * a host with a dot, a port or brackets does that reading stand, so that a path may hold an {@code @}. So a raw password
     * that begins like a port, as in {@code me:12/34@camera}, must be encoded; and so must an {@code @} in the path behind a
     * host of one word, if there is user information: in doubt a text counts as secret. A percent sign that starts no escape
     * stands for itself.
     *
     * @throws IllegalArgumentException if there is no scheme or no host; the message does not repeat the text, which may
     *     hold a password
     */
    public static SourceLocation parse(String text) {
        String url = text.strip();
        if (url.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A camera's URL has at most " + MAX_LENGTH + " characters");
        }
        int schemeEnd = url.indexOf("://");
        if (schemeEnd <= 0) {
            throw new IllegalArgumentException("A camera's URL begins with a scheme such as rtsp://");
        }
        String scheme = url.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = url.substring(schemeEnd + 3);
        int at = endOfUserInfo(rest);
        Credentials credentials = at < 0 ? Credentials.NONE : credentials(rest.substring(0, at));
        String afterUser = rest.substring(at + 1);
        int targetStart = endOfAuthority(afterUser);
        String authority = afterUser.substring(0, targetStart);
        String target = afterUser.substring(targetStart);
        if (target.startsWith("?")) {
            target = "/" + target;
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']') && authority.indexOf(':') == colon
                || authority.startsWith("[") && colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort && colon + 1 < authority.length() ? port(authority.substring(colon + 1)) : DEFAULT_PORT;
        return new SourceLocation(scheme, host, port, target, credentials);
    }

    /** The port to connect to: the given one, or else the scheme's own; {@link #DEFAULT_PORT} where nobody knows that. */
    public int portToConnect() {
        return port == DEFAULT_PORT ? PORTS.getOrDefault(scheme, DEFAULT_PORT) : port;
    }

    /** The same place in the one way of writing it that all ways of writing it share: host in lower case, port written out. */
    public SourceLocation normalised() {
        return new SourceLocation(scheme, host.toLowerCase(Locale.ROOT), portToConnect(), target, credentials);
    }

    /** The URL without credentials, as it may be shown and sent in a request line. */
    public String url() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                + (port == DEFAULT_PORT ? "" : ":" + port) + target;
    }

    /** The same place with other credentials. */
    public SourceLocation withCredentials(Credentials other) {
        return new SourceLocation(scheme, host, port, target, other);
    }

    @Override
    public String toString() {
        return credentials instanceof Credentials.None ? url() : url().replaceFirst("://", "://***@");
    }

    private static int endOfUserInfo(String rest) {
        int authorityEnd = endOfAuthority(rest);
        int at = rest.substring(0, authorityEnd).lastIndexOf('@');
        String authority = rest.substring(at + 1, authorityEnd);
        if (at < 0 ? mayBeHostAndPort(authority) : isSurelyHost(authority)) {
            return at;
        }
        // A raw password may hold a slash, as in "me:p/w@camera" and "me:p@ss/w@camera".
        for (int i = rest.lastIndexOf('@'); i > at; i = rest.lastIndexOf('@', i - 1)) {
            String after = rest.substring(i + 1);
            if (after.substring(0, endOfAuthority(after))
                    .matches("[A-Za-z0-9._-]+(:\\d+)?|\\[[0-9A-Fa-f:.%]+](:\\d+)?")) {
                return i;
            }
        }
        return at;
    }

    /** Told from "user:password" by what follows the colon. */
    private static boolean mayBeHostAndPort(String authority) {
        return authority.startsWith("[") || authority.matches("[^:]*(:\\d*)?");
    }

    /** Told from a piece of a password by what a password seldom has: a dot or a port, or brackets around. */
    private static boolean isSurelyHost(String authority) {
        return authority.startsWith("[")
                || authority.matches("[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)+(:\\d*)?|[A-Za-z0-9_-]+:\\d+");
    }

    private static int endOfAuthority(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return text.length();
    }

    private static Credentials credentials(String userInfo) {
        if (userInfo.isEmpty()) {
            return Credentials.NONE;
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new Credentials.UserPassword(decode(userInfo), "")
                : new Credentials.UserPassword(
                        decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    }

    private static int port(String digits) {
        if (!digits.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("A port lies between 1 and 65535");
        }
        return Integer.parseInt(digits);
    }

    private static String decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int n = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (in[i] == '%' && high >= 0 && low >= 0) {
                out[n++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[n++] = in[i];
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }
}

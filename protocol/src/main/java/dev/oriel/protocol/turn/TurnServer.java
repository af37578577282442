package dev.oriel.protocol.turn;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TURN server and how it is spoken to (RFC 7065).
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record TurnServer(String host, int port, Link link) {

    /** What carries the messages between us and the server; peers are always reached over UDP. */
    public enum Link {
        UDP,
        TCP,
        TLS;

        /** Whether bytes come in order and without loss. */
        public boolean isStream() {
            return this != UDP;
        }
    }

    private static final int PORT = 3478;
    private static final int TLS_PORT = 5349;
    private static final Pattern URI = Pattern.compile(
            "(turns?):(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_][A-Za-z0-9._-]{0,252}))(?::(\\d{1,5}))?(?:\\?transport=(udp|tcp))?",
            Pattern.CASE_INSENSITIVE);

    /**
     * The server in {@code turn:host}, {@code turn:host:port?transport=tcp}, {@code turns:host} and the like.
     *
     * @return empty for anything else, and for {@code turns:} over UDP, which is another protocol (DTLS)
     */
    public static Optional<TurnServer> parse(String uri) {
        Matcher matcher = URI.matcher(uri.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean secure = matcher.group(1).length() == 5;
        String transport = matcher.group(5) == null ? "" : matcher.group(5).toLowerCase(Locale.ROOT);
        int port = matcher.group(4) == null ? secure ? TLS_PORT : PORT : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65535 || secure && transport.equals("udp")) {
            return Optional.empty();
        }
        Link link = secure ? Link.TLS : transport.equals("tcp") ? Link.TCP : Link.UDP;
        return Optional.of(new TurnServer(matcher.group(2) == null ? matcher.group(3) : matcher.group(2), port, link));
    }

    /** The URI. */
    @Override
    public String toString() {
        return (link == Link.TLS ? "turns:" : "turn:") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port
                + (link == Link.TCP ? "?transport=tcp" : "");
    }
}

package dev.oriel.protocol.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address a side may be reached at (RFC 8839 section 5.1).
 *
 * @param foundation 1 to 32 characters; candidates that are alike share it
 * @param priority 1 to 2^31-1; higher is better
 * @param address where it is
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param transport how the side that has it sends from it; over TCP it waits there for connections (RFC 6544)
 * @param related what a reflexive or relayed address stands for, for whoever looks for faults
 */
public record Candidate(
        String foundation,
        long priority,
        InetSocketAddress address,
        String type,
        Transport transport,
        Optional<InetSocketAddress> related) {

    /** The priority in which a candidate's type counts most (RFC 8445 section 5.1.2.2). */
    static final int PEER_REFLEXIVE_PREFERENCE = 110;

    private static final int HOST_PREFERENCE = 126;
    private static final int SERVER_REFLEXIVE_PREFERENCE = 100;
    private static final int RELAYED_PREFERENCE = 0;

    /** Below what UDP gets, but for a relay: a lost packet holds up those behind it (RFC 6544 section 4.2). */
    private static final int TCP_HOST_PREFERENCE = 90;

    /** That of a side that waits for connections at an own address, where {@code other} counts 13 bits. */
    private static final int PASSIVE_DIRECTION = 4;

    private static final int OTHER_BITS = 13;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** An address that is sent from over UDP. */
    public Candidate(String foundation, long priority, InetSocketAddress address, String type) {
        this(foundation, priority, address, type, Transport.UDP);
    }

    /** An address that stands for itself. */
    public Candidate(String foundation, long priority, InetSocketAddress address, String type, Transport transport) {
        this(foundation, priority, address, type, transport, Optional.empty());
    }

    /**
     * An own address.
     *
     * @param rank 0 for the best one, up to 65535
     */
    public static Candidate host(InetSocketAddress address, int rank) {
        return new Candidate(Integer.toString(rank + 1), priority(HOST_PREFERENCE, rank), address, "host");
    }

    /**
     * An own address that waits for TCP connections.
     *
     * @param rank 0 for the best one, up to 8191
     */
    public static Candidate passive(InetSocketAddress address, int rank) {
        int localPreference = PASSIVE_DIRECTION << OTHER_BITS | (1 << OTHER_BITS) - 1 - rank;
        long priority = priority(TCP_HOST_PREFERENCE, 65535 - localPreference);
        return new Candidate("t" + (rank + 1), priority, address, "host", Transport.TCP);
    }

    /**
     * What a STUN server sees an own address as (RFC 8445 section 5.1.1.2).
     *
     * @param base the own address
     * @param rank 0 for the best one, up to 65535
     */
    public static Candidate reflexive(InetSocketAddress address, InetSocketAddress base, int rank) {
        return new Candidate(
                "s" + (rank + 1),
                priority(SERVER_REFLEXIVE_PREFERENCE, rank),
                address,
                "srflx",
                Transport.UDP,
                Optional.of(base));
    }

    /**
     * An address that a TURN server has for us.
     *
     * @param mapped where the server sees us
     */
    public static Candidate relayed(InetSocketAddress address, InetSocketAddress mapped) {
        return new Candidate(
                "r1", priority(RELAYED_PREFERENCE, 0), address, "relay", Transport.RELAYED, Optional.of(mapped));
    }

    /**
     * Reads what stands behind {@code a=candidate:} or {@code candidate:}.
     *
     * @return empty for what cannot be used here: TCP, since viewers connect to us and not the reverse; another component than
     *     RTP; host names such as {@code x.local}; and text that is no candidate
     */
    public static Optional<Candidate> parse(String text) {
        String[] parts = text.strip().replaceFirst("^(a=)?candidate:", "").split("\\s+");
        if (parts.length < 8
                || !parts[1].equals("1")
                || !parts[2].toLowerCase(Locale.ROOT).equals("udp")
                || !parts[3].matches("\\d{1,10}")
                || !parts[5].matches("\\d{1,5}")
                || !parts[6].equals("typ")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts[5]);
        return port < 1 || port > 65535
                ? Optional.empty()
                : literal(parts[4])
                        .map(address -> new Candidate(
                                parts[0], Long.parseLong(parts[3]), new InetSocketAddress(address, port), parts[7]));
    }

    /** Whether what stands behind {@code a=candidate:} names a host by a name that only its own network knows (RFC 8828). */
    public static boolean isHidden(String text) {
        String[] parts = text.strip().split("\\s+");
        return parts.length >= 8 && parts[4].toLowerCase(Locale.ROOT).endsWith(".local");
    }

    /** What stands behind {@code a=candidate:}. */
    public String write() {
        boolean passive = transport == Transport.TCP;
        return foundation + (passive ? " 1 tcp " : " 1 udp ") + priority + " " + plain(address.getAddress()) + " "
                + address.getPort() + " typ " + type
                + related.map(r -> " raddr " + plain(r.getAddress()) + " rport " + r.getPort())
                        .orElse("")
                + (passive ? " tcptype passive" : "");
    }

    static long priority(int typePreference, int rank) {
        return (long) typePreference << 24 | (65535L - rank) << 8 | 255;
    }

    /** An address written in digits; a name is not looked up. */
    private static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return address.isAnyLocalAddress() || address.isMulticastAddress()
                    ? Optional.empty()
                    : Optional.of(address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String plain(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}

package dev.oriel.signaling.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text and as bytes, read without asking the network. */
final class Addresses {

    private static final Pattern DOTTED =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");

    private Addresses() {}

    /** The address that a text is in its usual form; empty if it is a name or anything else. */
    static Optional<InetAddress> literal(String text) {
        if (!DOTTED.matcher(text).matches() && text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            // In brackets a text is an address or an error, and never looked up.
            return Optional.of(InetAddress.getByName(text.indexOf(':') < 0 ? text : "[" + text + "]"));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether some resolver takes a text for an address though it has not the usual form: {@code 2130706433},
     * {@code 0x7f.1}, {@code 127.1}, {@code 0177.0.0.1}. What ends in a number is never a name (URL standard, "ends in a
     * number").
     */
    static boolean looksNumeric(String text) {
        String host = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }

    /**
     * The IPv4 address that an IPv6 address leads to by a translator or tunnel (RFC 6052, RFC 3056, RFC 4291 section
     * 2.5.5), else the address itself. Mapped addresses are IPv4 already when Java has read them.
     */
    static InetAddress effective(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] b = address.getAddress();
        boolean nat64 = b[0] == 0 && (b[1] & 0xff) == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        boolean compatible = zero(b, 0, 12) && !zero(b, 12, 15);
        if (nat64 && zero(b, 4, 12) || compatible) {
            return v4(b, 12);
        }
        return (b[0] & 0xff) == 0x20 && b[1] == 2 ? v4(b, 2) : address;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress v4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}

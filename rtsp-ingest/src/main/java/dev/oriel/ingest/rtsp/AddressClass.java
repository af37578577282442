package dev.oriel.ingest.rtsp;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** How far an address reaches; a camera may send us elsewhere only within the class of its own. */
enum AddressClass {
    LOOPBACK,
    /** On one link only; among them the address of cloud metadata services. */
    LINK_LOCAL,
    /** Private networks (RFC 1918, RFC 4193) and those of providers (RFC 6598). */
    PRIVATE,
    PUBLIC,
    /** What no camera has: groups, "any", broadcast. */
    NONE;

    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean four = address instanceof Inet4Address;
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        boolean none = address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || four && (first == 0 || first >= 240)
                || address instanceof Inet6Address six && six.isIPv4CompatibleAddress();
        if (none) {
            return NONE;
        }
        boolean uniqueLocal = !four && (first & 0xfe) == 0xfc;
        boolean shared = four && first == 100 && (second & 0xc0) == 64;
        return address.isSiteLocalAddress() || uniqueLocal || shared ? PRIVATE : PUBLIC;
    }

    /** An address as cameras write it; empty if it is none, such as a name, which is not looked up. */
    static Optional<InetAddress> parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether a camera at {@code first} may send us to {@code other}. */
    static boolean maySend(InetAddress first, InetAddress other) {
        if (first.equals(other)) {
            return true;
        }
        AddressClass to = of(other);
        return to == of(first) && to != LINK_LOCAL && to != NONE;
    }
}

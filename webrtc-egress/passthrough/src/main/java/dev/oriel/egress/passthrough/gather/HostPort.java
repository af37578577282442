package dev.oriel.egress.passthrough.gather;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as people write it.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, OptionalInt port) {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})))(?::(\\d{1,5}))?");

    /** The host in {@code name}, {@code name:port}, {@code 192.0.2.1:port}, {@code 2001:db8::1} or {@code [2001:db8::1]:port}. */
    public static Optional<HostPort> parse(String text) {
        String stripped = text.strip();
        if (NetUtil.isValidIpV6Address(stripped) && !stripped.startsWith("[")) {
            return Optional.of(new HostPort(stripped, OptionalInt.empty()));
        }
        Matcher matcher = WRITTEN.matcher(stripped);
        if (!matcher.matches() || matcher.group(1) != null && !NetUtil.isValidIpV6Address(matcher.group(1))) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        if (matcher.group(3) == null) {
            return Optional.of(new HostPort(host, OptionalInt.empty()));
        }
        int port = Integer.parseInt(matcher.group(3));
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new HostPort(host, OptionalInt.of(port)));
    }

    /** The address it is written as; empty for a name. */
    public Optional<InetAddress> address() {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port.isEmpty() ? shown : shown + ":" + port.getAsInt();
    }
}

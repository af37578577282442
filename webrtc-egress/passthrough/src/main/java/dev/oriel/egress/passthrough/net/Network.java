package dev.oriel.egress.passthrough.net;

import dev.oriel.api.media.Bytes;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The addresses that begin with the same bits (CIDR).
 *
 * @param base 4 or 16 bytes
 * @param prefixBits how many bits count
 */
public record Network(Bytes base, int prefixBits) {

    /** The network in a text such as {@code 192.168.0.0/16}, {@code fd00::/8}, or a single address; names are not looked up. */
    public static Optional<Network> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        byte[] base = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (base == null || parts.length > 2 || parts.length == 2 && !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : base.length * 8;
        return bits > base.length * 8 ? Optional.empty() : Optional.of(new Network(Bytes.copyOf(base), bits));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != base.length()) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            if (((bytes[bit / 8] ^ base.at(bit / 8)) & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }
}

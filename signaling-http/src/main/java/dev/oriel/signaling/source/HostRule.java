package dev.oriel.signaling.source;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** One entry of a list of hosts. */
public sealed interface HostRule {

    /** Whether the rule means a host by its name; {@code host} in lower case. */
    default boolean meansName(String host) {
        return false;
    }

    /** Whether the rule means an address. */
    default boolean meansAddress(InetAddress address) {
        return false;
    }

    /** Every host. */
    record Any() implements HostRule {
        @Override
        public boolean meansAddress(InetAddress address) {
            return true;
        }
    }

    /**
     * One host by its name.
     *
     * @param host in lower case
     */
    record Name(String host) implements HostRule {
        @Override
        public boolean meansName(String other) {
            return host.equals(other);
        }
    }

    /**
     * All hosts of a domain, the domain itself left out.
     *
     * @param suffix in lower case, starting with a dot
     */
    record Domain(String suffix) implements HostRule {
        @Override
        public boolean meansName(String other) {
            return other.endsWith(suffix);
        }
    }

    /**
     * A range of addresses (RFC 4632).
     *
     * @param network any address of it
     * @param bits how many leading bits are common to all
     */
    record Range(InetAddress network, int bits) implements HostRule {
        @Override
        public boolean meansAddress(InetAddress address) {
            byte[] mine = network.getAddress();
            byte[] other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((mine[bit / 8] ^ other[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Reads an entry: an address, a range, a name, {@code *.domain}, or {@code *}.
     *
     * @throws IllegalArgumentException with a sentence if it is none of these
     */
    static HostRule parse(String entry) {
        int slash = entry.indexOf('/');
        String host = slash < 0 ? entry : entry.substring(0, slash);
        Optional<InetAddress> address = Addresses.literal(
                host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
        if (address.isPresent()) {
            int all = address.get().getAddress().length * 8;
            String bits = slash < 0 ? String.valueOf(all) : entry.substring(slash + 1);
            if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > all) {
                throw new IllegalArgumentException("a range ends in / and a number from 0 to " + all + ": " + entry);
            }
            return new Range(address.get(), Integer.parseInt(bits));
        }
        if (entry.equals("*")) {
            return new Any();
        }
        String name = entry.toLowerCase(Locale.ROOT);
        if (slash >= 0 || Addresses.looksNumeric(name) || !name.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException("neither an address, a range nor a name: " + entry);
        }
        return name.startsWith("*.") ? new Domain(name.substring(1)) : new Name(name);
    }
}

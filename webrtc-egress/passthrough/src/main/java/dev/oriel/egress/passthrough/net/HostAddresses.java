package dev.oriel.egress.passthrough.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The machine's addresses a viewer may reach it at: those given, then IPv4, then global IPv6. At most {@value #MAX_ADDRESSES}.
 *
 * @param rules which of those found are left out
 * @param given what is there in any case, whatever the rules say, if it is an address of this machine
 */
public record HostAddresses(AddressRules rules, List<InetAddress> given) {

    private static final int MAX_ADDRESSES = 16;

    public HostAddresses {
        given = List.copyOf(given);
    }

    /**
     * Those of every interface that is up, as the machine has them now. Loopback is among them only if it is given, or if there
     * is nothing else: then a browser on the same machine is the only one there can be.
     */
    List<InetAddress> find() throws SocketException {
        List<InetAddress> v4 = new ArrayList<>();
        List<InetAddress> v6 = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!network.isUp() || network.isLoopback()) {
                continue;
            }
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLinkLocalAddress()
                        && !address.isMulticastAddress()
                        && !address.isAnyLocalAddress()
                        && rules.admit(network.getName(), address)) {
                    (address instanceof Inet4Address ? v4 : v6).add(address);
                }
            }
        }
        Set<InetAddress> all = new LinkedHashSet<>(given);
        all.addAll(v4);
        all.addAll(v6);
        if (all.isEmpty()) {
            all.add(loopback());
        }
        return all.stream().limit(MAX_ADDRESSES).toList();
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}

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

/** The machine's addresses a viewer may reach it at: IPv4 first, then global IPv6. */
final class HostAddresses {

    private static final int MAX_ADDRESSES = 16;

    private HostAddresses() {}

    /**
     * Those of every interface that is up, and the ones given on top. Loopback is among them only if it is given, or if there
     * is nothing else: then a browser on the same machine is the only one there can be.
     */
    static List<InetAddress> find(List<InetAddress> extra) throws SocketException {
        List<InetAddress> v4 = new ArrayList<>();
        List<InetAddress> v6 = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!network.isUp() || network.isLoopback()) {
                continue;
            }
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isAnyLocalAddress()) {
                    (address instanceof Inet4Address ? v4 : v6).add(address);
                }
            }
        }
        Set<InetAddress> all = new LinkedHashSet<>(extra);
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

package dev.oriel.egress.passthrough.gather;

import dev.oriel.egress.passthrough.net.HostAddresses;
import dev.oriel.egress.passthrough.net.Relay;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the configuration says of own candidates.
 *
 * @param hosts the machine's own addresses
 * @param further where else it can be reached, by somebody's port forwarding
 * @param reflexivePorts ports that are forwarded from the address STUN servers see; absent ones stand for the own port
 * @param stunServers asked for what they see
 * @param relay asked for an address that is theirs
 */
public record Wishes(
        HostAddresses hosts,
        List<HostPort> further,
        List<OptionalInt> reflexivePorts,
        List<HostPort> stunServers,
        Optional<Relay.Terms> relay) {

    public Wishes {
        further = List.copyOf(further);
        reflexivePorts = List.copyOf(reflexivePorts);
        stunServers = List.copyOf(stunServers);
    }

    /** Own addresses and nothing else. */
    public static Wishes only(HostAddresses hosts) {
        return new Wishes(hosts, List.of(), List.of(), List.of(), Optional.empty());
    }

    List<InetAddress> given() {
        return hosts.given();
    }
}

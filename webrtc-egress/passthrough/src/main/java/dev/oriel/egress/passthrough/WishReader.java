package dev.oriel.egress.passthrough;

import dev.oriel.egress.passthrough.gather.HostPort;
import dev.oriel.egress.passthrough.gather.Wishes;
import dev.oriel.egress.passthrough.net.AddressRules;
import dev.oriel.egress.passthrough.net.HostAddresses;
import dev.oriel.egress.passthrough.net.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what the configuration says of own candidates. A value that makes no sense is named and passed over; the rest holds. */
final class WishReader {

    private static final String AUTO = "auto";

    private final Consumer<String> complaints;

    /** @param complaints takes sentences that name a value and what is wrong with it */
    WishReader(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    Wishes read(EgressSettings settings) {
        AddressRules rules = new AddressRules(
                all("allowInterfaces", settings.allowInterfaces(), WishReader::interfaces, "no interface's name"),
                all("denyInterfaces", settings.denyInterfaces(), WishReader::interfaces, "no interface's name"),
                all("allowNetworks", settings.allowNetworks(), Network::parse, "no network such as 192.168.0.0/16"),
                all("denyNetworks", settings.denyNetworks(), Network::parse, "no network such as 192.168.0.0/16"));
        List<InetAddress> given = new ArrayList<>();
        List<HostPort> further = new ArrayList<>();
        List<OptionalInt> reflexivePorts = new ArrayList<>();
        List<HostPort> hosts =
                all("hostCandidates", settings.hostCandidates(), HostPort::parse, "neither an address nor a name");
        for (HostPort host : hosts) {
            Optional<InetAddress> address = host.address();
            if (host.host().toLowerCase(Locale.ROOT).equals(AUTO)) {
                reflexivePorts.add(host.port());
            } else if (address.isPresent() && host.port().isEmpty()) {
                given.add(address.get());
            } else {
                further.add(host);
            }
        }
        List<HostPort> stun = all(
                "stunServers",
                settings.stunServers(),
                text -> HostPort.parse(text.strip().replaceFirst("^(?i)stun:", "")),
                "no host, or host and port");
        if (!reflexivePorts.isEmpty() && stun.isEmpty()) {
            complaints.accept("auto in hostCandidates stands for what STUN servers see, but stunServers names none");
        }
        return new Wishes(new HostAddresses(rules, given), further, reflexivePorts, stun);
    }

    private <T> List<T> all(String setting, String[] texts, Function<String, Optional<T>> parser, String whatItIsNot) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            if (text.isBlank()) {
                continue;
            }
            parser.apply(text)
                    .ifPresentOrElse(
                            values::add,
                            () -> complaints.accept(
                                    "\"" + text + "\" in " + setting + " is " + whatItIsNot + " and is passed over"));
        }
        return values;
    }

    private static Optional<Pattern> interfaces(String text) {
        String name = text.strip();
        return name.contains("/") || name.contains(" ") ? Optional.empty() : Optional.of(AddressRules.interfaces(name));
    }
}

package dev.oriel.egress.passthrough;

import dev.oriel.api.media.Bytes;
import dev.oriel.egress.passthrough.gather.HostPort;
import dev.oriel.egress.passthrough.gather.Wishes;
import dev.oriel.egress.passthrough.net.AddressRules;
import dev.oriel.egress.passthrough.net.HostAddresses;
import dev.oriel.egress.passthrough.net.Network;
import dev.oriel.egress.passthrough.net.Relay;
import dev.oriel.protocol.turn.TurnLogin;
import dev.oriel.protocol.turn.TurnServer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
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
        return new Wishes(new HostAddresses(rules, given), further, reflexivePorts, stun, relay(settings));
    }

    private Optional<Relay.Terms> relay(EgressSettings settings) {
        List<TurnServer> servers =
                all("turnServers", settings.turnServers(), TurnServer::parse, "no URI such as turn:host:3478");
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        TurnLogin login;
        if (!settings._turnSecret().isEmpty()) {
            login = new TurnLogin.SharedSecret(settings._turnSecret());
        } else if (!settings.turnUsername().isEmpty()) {
            login = new TurnLogin.LongTerm(settings.turnUsername(), settings._turnPassword());
        } else {
            complaints.accept("turnServers are not used: neither turnUsername nor .turnSecret is there to log in with");
            return Optional.empty();
        }
        String written = settings.turnFingerprint();
        Optional<Bytes> fingerprint = written.isBlank() ? Optional.empty() : fingerprint(written);
        if (!written.isBlank() && fingerprint.isEmpty()) {
            // Without it everybody with a certificate could be the server, which is not what was asked for.
            complaints.accept("\"" + written
                    + "\" in turnFingerprint is not 32 bytes in hexadecimal digits; turns: servers are not used");
            servers = servers.stream()
                    .filter(s -> s.link() != TurnServer.Link.TLS)
                    .toList();
        }
        return servers.isEmpty() ? Optional.empty() : Optional.of(new Relay.Terms(servers, login, fingerprint));
    }

    private static Optional<Bytes> fingerprint(String text) {
        String digits = text.replaceAll("[:\\s]", "");
        return digits.matches("[0-9A-Fa-f]{64}")
                ? Optional.of(Bytes.copyOf(HexFormat.of().parseHex(digits)))
                : Optional.empty();
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

package dev.oriel.egress.passthrough.net;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which of the machine's addresses are used. What is denied is out; where something is allowed, all else is out, too. The name
 * of the interface and the address are judged each for itself, and both must pass.
 */
public record AddressRules(
        List<Pattern> allowedInterfaces,
        List<Pattern> deniedInterfaces,
        List<Network> allowedNetworks,
        List<Network> deniedNetworks) {

    /** No rules: every address is used. */
    public static final AddressRules NONE = new AddressRules(List.of(), List.of(), List.of(), List.of());

    public AddressRules {
        allowedInterfaces = List.copyOf(allowedInterfaces);
        deniedInterfaces = List.copyOf(deniedInterfaces);
        allowedNetworks = List.copyOf(allowedNetworks);
        deniedNetworks = List.copyOf(deniedNetworks);
    }

    /** What an interface's name must match, where {@code *} stands for any characters, also none. */
    public static Pattern interfaces(String text) {
        return Pattern.compile(String.join(
                ".*",
                List.of(text.split("\\*", -1)).stream().map(Pattern::quote).toList()));
    }

    boolean admit(String interfaceName, InetAddress address) {
        boolean named = deniedInterfaces.stream()
                        .noneMatch(p -> p.matcher(interfaceName).matches())
                && (allowedInterfaces.isEmpty()
                        || allowedInterfaces.stream()
                                .anyMatch(p -> p.matcher(interfaceName).matches()));
        return named
                && deniedNetworks.stream().noneMatch(n -> n.contains(address))
                && (allowedNetworks.isEmpty() || allowedNetworks.stream().anyMatch(n -> n.contains(address)));
    }
}

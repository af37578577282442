package dev.oriel.signaling.source;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.NotAllowed;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which camera URLs a stranger may name, so that this server is no tool to reach what only it can reach.
 *
 * <p>A policy judges addresses and asks no network. A name is answered with {@link Verdict.Resolve}: the caller resolves
 * it and lets {@link #judge(SourceLocation, List)} choose. What is admitted holds the address that was judged, so that a
 * second look-up cannot lead elsewhere.
 *
 * @param allowed the hosts that may be named
 * @param loopback whether this machine itself may be named, whatever {@code allowed} says
 */
public record UrlPolicy(List<HostRule> allowed, Loopback loopback) {

    private static final Set<String> SCHEMES = Set.of(
            "rtsp",
            "rtsps",
            "rtsp+http",
            "rtsph",
            "rtsp+https",
            "rtsps+http",
            "rtspsh",
            "rtsp+ws",
            "rtsp+wss",
            "rtsps+ws");

    /** What holds for this machine itself. */
    public enum Loopback {
        ALLOWED,
        REFUSED
    }

    /** What becomes of a URL. */
    public sealed interface Verdict {

        /**
         * It may be opened.
         *
         * @param location where to connect, its host an address
         */
        record Admitted(SourceLocation location) implements Verdict {}

        /**
         * It depends on the addresses of a name.
         *
         * @param name to be resolved
         */
        record Resolve(String name) implements Verdict {}

        /**
         * It must not be opened.
         *
         * @param why for the viewer
         */
        record Refused(NotAllowed why) implements Verdict {}
    }

    public UrlPolicy {
        allowed = List.copyOf(allowed);
    }

    /** Judges a URL as it was named. */
    public Verdict judge(SourceLocation location) {
        String host = location.host();
        if (!SCHEMES.contains(location.scheme())) {
            return refused("Only cameras at rtsp:// and rtsps://, or RTSP in HTTP and WebSockets, can be opened.");
        }
        Optional<InetAddress> literal = Addresses.literal(host);
        if (literal.isPresent()) {
            return judge(location, List.of(literal.get()));
        }
        return host.indexOf(':') >= 0 || host.indexOf('%') >= 0 || Addresses.looksNumeric(host)
                ? refused("The host of this URL is neither a name nor an address in its usual form.")
                : new Verdict.Resolve(host);
    }

    /** Judges a URL by the addresses its name has; the first allowed one is taken. */
    public Verdict judge(SourceLocation location, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (allows(location.host().toLowerCase(Locale.ROOT), Addresses.effective(address))) {
                return new Verdict.Admitted(new SourceLocation(
                        location.scheme(),
                        address.getHostAddress(),
                        location.port(),
                        location.target(),
                        location.credentials()));
            }
        }
        return refused(
                "This server does not open cameras at that host; the setting allowedSources names those it does.");
    }

    private boolean allows(String host, InetAddress address) {
        if (address.isLoopbackAddress()) {
            return loopback == Loopback.ALLOWED;
        }
        // Link-local ranges hold the metadata services of clouds, and a zone that is missing here.
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || isNowhere(address)) {
            return false;
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return allowed.stream().anyMatch(rule -> rule.meansAddress(address) || rule.meansName(name));
    }

    /** The unspecified address, "this network" (RFC 1122 section 3.2.1.3) and the limited broadcast. */
    private static boolean isNowhere(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isAnyLocalAddress() || bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
    }

    private static Verdict refused(String sentence) {
        return new Verdict.Refused(new NotAllowed(sentence));
    }
}

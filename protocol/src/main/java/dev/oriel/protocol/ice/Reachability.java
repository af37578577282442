package dev.oriel.protocol.ice;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Why a viewer is not reached, judged by what an agent has seen, in words for whoever runs the server.
 *
 * @param announced own candidates, as the answer tells them
 */
public record Reachability(List<Candidate> announced, Sightings seen) {

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long QUIET_NANOS = 15_000_000_000L;
    private static final int NAMED = 3;

    public Reachability {
        announced = List.copyOf(announced);
    }

    /** What holds up the viewer, be it the search for a path; empty when a path is there and works. */
    public String waiting(long nowNanos) {
        boolean late = nowNanos - seen.startedNanos() >= PATIENCE_NANOS;
        if (!seen.connected()) {
            return late ? noPath() : "The network path to the viewer is being looked for.";
        }
        if (seen.paused() || seen.answers() == 0 && late) {
            return oneWay();
        }
        long quiet = nowNanos - seen.answeredNanos();
        return quiet < QUIET_NANOS ? "" : "The viewer has not answered for " + quiet / 1_000_000_000L + " seconds.";
    }

    /** Why it was given up. */
    public String lost() {
        if (!seen.connected()) {
            return "The viewer could not be reached within 15 seconds. " + noPath();
        }
        return seen.answers() == 0 || seen.paused()
                ? oneWay()
                : "The viewer has not answered for 30 seconds: it has gone, or its network has.";
    }

    private String oneWay() {
        if (seen.paused()) {
            return "The viewer's TCP connection was closed, and it has not come back.";
        }
        String sentence = "Packets come from the viewer at " + list(seen.heardFrom())
                + ", but it answers none of ours: they do not reach it.";
        return isElsewhere() && isBehindRouter() ? sentence + symmetric() : sentence;
    }

    private String noPath() {
        if (!seen.forgedFrom().isEmpty()) {
            return "Checks come from " + list(seen.forgedFrom())
                    + ", but not with this session's password: the viewer does not use the answer to its own offer.";
        }
        StringBuilder text = new StringBuilder("Nothing has come from the viewer to ");
        text.append(list(addresses(announced, c -> c.transport() != Transport.TCP)));
        boolean tcp = announced.stream().anyMatch(c -> c.transport() == Transport.TCP);
        text.append(tcp ? " by UDP or TCP: " : " by UDP: ");
        text.append(
                isOutside()
                        ? "it is not in this network, and a router has to forward the port and be announced with its outer address. "
                        : "a firewall blocks the port, or a router does not forward it. ");
        if (!seen.told().isEmpty()) {
            text.append("Our own checks to ")
                    .append(list(addresses(seen.told(), c -> true)))
                    .append(" are not answered.");
        } else if (seen.hidden() > 0) {
            text.append("It cannot be called from here, since its browser hides its addresses (.local).");
        } else {
            text.append("It cannot be called from here, since it has told no address.");
        }
        return isBehindRouter() ? text + symmetric() : text.toString();
    }

    /** Two routers that give each connection another port cannot be got through without a third party. */
    private String symmetric() {
        return hasRelay()
                ? " The relay (TURN) has not helped."
                : " Between routers that give each connection a port of its own, only a relay (TURN) helps.";
    }

    private boolean hasRelay() {
        return announced.stream().anyMatch(c -> c.type().equals("relay"))
                || seen.told().stream().anyMatch(c -> c.type().equals("relay"));
    }

    private boolean isBehindRouter() {
        return announced.stream().anyMatch(c -> c.type().equals("srflx"))
                && seen.told().stream().anyMatch(c -> c.type().equals("srflx"));
    }

    /** Whether the viewer came from where it had not said it was. */
    private boolean isElsewhere() {
        return seen.told().stream().noneMatch(c -> seen.heardFrom().contains(c.address()));
    }

    /** Whether we have told private addresses only, and the viewer public ones only. */
    private boolean isOutside() {
        return !announced.isEmpty()
                && !seen.told().isEmpty()
                && announced.stream().allMatch(c -> isPrivate(c.address()))
                && seen.told().stream().noneMatch(c -> isPrivate(c.address()));
    }

    private static boolean isPrivate(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        boolean isUniqueLocal = address.getAddress() instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return isUniqueLocal
                || address.getAddress().isSiteLocalAddress()
                || address.getAddress().isLinkLocalAddress()
                || address.getAddress().isLoopbackAddress();
    }

    private static List<InetSocketAddress> addresses(List<Candidate> candidates, Predicate<Candidate> which) {
        return candidates.stream().filter(which).map(Candidate::address).toList();
    }

    private static String list(List<InetSocketAddress> addresses) {
        if (addresses.isEmpty()) {
            return "any address";
        }
        String named = addresses.stream()
                .distinct()
                .limit(NAMED)
                .map(Reachability::text)
                .collect(Collectors.joining(", "));
        long more = addresses.stream().distinct().count() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        String plain = scope < 0 ? host : host.substring(0, scope);
        return (address.getAddress() instanceof Inet6Address ? "[" + plain + "]" : plain) + ":" + address.getPort();
    }
}

package dev.oriel.testkit.nat;

import dev.oriel.testkit.process.ChildProcess;
import dev.oriel.testkit.process.PythonScript;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A viewer's network with two ways out, a server's with one, a router on each way, and what is public between them.
 *
 * <p>All are unnamed namespaces of Linux: the kernel removes them when the process that holds them ends, which is with
 * {@link #close} and with this Java machine. Nothing of the machine's own network is touched. Needs root, for which see
 * {@link #possible}, and the programs ip, nft and conntrack. Thread-safe.
 */
public final class Internet implements AutoCloseable {

    /** Where STUN and TURN servers stand. */
    public static final String HELPER = "203.0.113.1";

    /** The server's address, if its router is {@link Kind#OPEN}. */
    public static final String SERVER = "198.51.100.10";
    /** The other one, on the same interface; what the server sends by itself comes from the first. */
    public static final String OTHER_SERVER = "198.51.100.11";
    /** The address of the server's router; TCP port {@link #SIGNALING_PORT} there is always the server's. */
    public static final String SERVER_GATE = "203.0.113.30";

    /** The server's address of IPv6, which is never translated. */
    public static final String SERVER_6 = "2001:db8:0:2::10";

    /** Where signaling is reached whatever becomes of the rest. */
    public static final int SIGNALING_PORT = 8083;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChildProcess rig;
    private final List<String> publicly;
    private final List<String> atViewer;
    private final List<String> atServer;

    /** A router. */
    public enum Gate {
        /** The viewer's, by the device {@code wifi}. */
        VIEWER,
        /** The viewer's other one, by the device {@code mobile}, which is down to begin with. */
        MOBILE,
        /** The server's. */
        SERVER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a cable is like. */
    public enum Link {
        /** Plugged in. */
        UP,
        /** Pulled out. */
        DOWN
    }

    private Internet(ChildProcess rig, String[] holders) {
        this.rig = rig;
        this.publicly = within(holders[0]);
        this.atViewer = within(holders[1]);
        this.atServer = within(holders[2]);
    }

    /** Whether this process may make networks: it is root. */
    public static boolean possible() {
        return ChildProcess.runsAsRoot();
    }

    /** Builds it; all routers are {@link Kind#OPEN}. */
    public static Internet build() throws IOException, InterruptedException {
        ChildProcess rig = ChildProcess.start("nat", PythonScript.command(Internet.class, "nat.py", List.of()));
        try {
            return new Internet(rig, rig.awaitLine("READY ", PATIENCE).split(" "));
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    /** Makes a router be of a kind, and forget every mapping; with {@code rules} as nat.py has them, such as {@code no-udp}. */
    public void gate(Gate gate, Kind kind, String... rules) throws IOException, InterruptedException {
        rig.say("gate " + gate.word() + " " + kind.word() + " " + String.join(" ", rules));
    }

    /** Gives a router another public address, as a provider does each night; every mapping is forgotten. */
    public void readdress(Gate gate, String address) throws IOException, InterruptedException {
        rig.say("readdress " + gate.word() + " " + address);
    }

    /** Takes the viewer's {@code wifi} or {@code mobile} up or down. */
    public void link(String device, Link state) throws IOException, InterruptedException {
        rig.say("link " + device + " " + state.name().toLowerCase(Locale.ROOT));
    }

    /** Gives viewer and server IPv6 instead of IPv4, which is all they have to begin with. */
    public void onlyIpv6() throws IOException, InterruptedException {
        rig.say("only-ipv6");
    }

    /** The words before a command line that put it into the public network. */
    public List<String> publicly() {
        return publicly;
    }

    /** The words before a command line that put it where the viewer is. */
    public List<String> atViewer() {
        return atViewer;
    }

    /** The words before a command line that put it where the server is. */
    public List<String> atServer() {
        return atServer;
    }

    /** Removes it; what stands in it is closed first. */
    @Override
    public void close() {
        rig.close();
    }

    private static List<String> within(String holder) {
        return List.of("nsenter", "--net=/proc/" + holder + "/ns/net");
    }
}

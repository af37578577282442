package dev.oriel.egress.passthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.egress.passthrough.gather.HostPort;
import dev.oriel.egress.passthrough.gather.Wishes;
import dev.oriel.protocol.turn.TurnLogin;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishReaderTest {

    private final List<String> complaints = new ArrayList<>();

    @Test
    void read_defaults_speakToNobodyOutside() {
        Wishes wishes = read(Map.of());

        assertEquals(List.of(), wishes.stunServers());
        assertEquals(List.of(), wishes.further());
        assertEquals(List.of(), complaints);
    }

    @Test
    void read_furtherAddresses_areToldApart() throws Exception {
        Wishes wishes = read(Map.of(
                "hostCandidates",
                new String[] {"192.0.2.1", "192.0.2.2:9000", "home.example", "[2001:db8::1]:9", "Auto", "auto:18189"},
                "stunServers",
                new String[] {"stun.example", "stun:192.0.2.9:3479"}));

        assertEquals(List.of(InetAddress.getByName("192.0.2.1")), wishes.hosts().given());
        assertEquals(
                List.of("192.0.2.2:9000", "home.example", "[2001:db8::1]:9"),
                wishes.further().stream().map(HostPort::toString).toList());
        assertEquals(List.of(OptionalInt.empty(), OptionalInt.of(18189)), wishes.reflexivePorts());
        assertEquals(
                List.of("stun.example", "192.0.2.9:3479"),
                wishes.stunServers().stream().map(HostPort::toString).toList());
        assertEquals(List.of(), complaints);
    }

    @Test
    void read_valuesThatMakeNoSense_areNamedAndTheRestHolds() {
        Wishes wishes = read(Map.of(
                "hostCandidates", new String[] {"no host", "good.example", " "},
                "denyNetworks", new String[] {"172.17.0.0/99", "10.0.0.0/8"},
                "denyInterfaces", new String[] {"eth 0", "docker*"},
                "stunServers", new String[] {"stun.example:70000"}));

        assertEquals(4, complaints.size(), complaints.toString());
        for (String bad : List.of("no host", "172.17.0.0/99", "eth 0", "stun.example:70000")) {
            assertTrue(complaints.stream().anyMatch(c -> c.contains("\"" + bad + "\"")), complaints.toString());
        }
        assertEquals(1, wishes.further().size());
        assertEquals(1, wishes.hosts().rules().deniedNetworks().size());
        assertEquals(1, wishes.hosts().rules().deniedInterfaces().size());
    }

    @Test
    void read_autoWithoutStunServer_isSaid() {
        read(Map.of("hostCandidates", new String[] {"auto"}));

        assertTrue(complaints.get(0).contains("stunServers"), complaints.toString());
    }

    @Test
    void read_turnServers_needALogin() {
        String[] servers = {"turn:turn.example", "turns:turn.example", "http://turn.example"};
        Map<String, Object> without = Map.of("turnServers", servers);
        Map<String, Object> user = Map.of("turnServers", servers, "turnUsername", "a", "_turnPassword", "north");
        Map<String, Object> secret = Map.of("turnServers", servers, "turnUsername", "a", "_turnSecret", "star");

        assertEquals(Optional.empty(), read(without).relay());
        assertEquals(2, complaints.size(), complaints.toString());
        assertEquals(
                new TurnLogin.LongTerm("a", "north"),
                read(user).relay().orElseThrow().login());
        Wishes wishes = read(secret);
        assertEquals(
                new TurnLogin.SharedSecret("star"), wishes.relay().orElseThrow().login());
        assertEquals(2, wishes.relay().orElseThrow().servers().size());
        assertTrue(!wishes.toString().contains("star") && !read(user).toString().contains("north"));
    }

    @Test
    void read_fingerprintThatIsNone_leavesOutWhatItWasToProtect() {
        Map<String, Object> values = Map.of(
                "turnServers", new String[] {"turn:turn.example", "turns:turn.example"},
                "turnUsername", "a",
                "turnFingerprint", "AB:CD");

        assertEquals(
                List.of("turn:turn.example:3478"),
                read(values).relay().orElseThrow().servers().stream()
                        .map(Object::toString)
                        .toList());
        assertTrue(complaints.get(0).contains("AB:CD"), complaints.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a.b:1, a.b:1",
        "1.2.3.4, 1.2.3.4",
        "::1, [::1]",
        "[::1], [::1]",
        "[fd00::2]:65535, [fd00::2]:65535"
    })
    void hostPort_written_isReadBack(String text, String read) {
        assertEquals(Optional.of(read), HostPort.parse(text).map(HostPort::toString));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "a:", "a:0", "a:65536", "[a]:1", "[::1", "a b", "a/b", "-a", "user@host"})
    void hostPort_noHost_isEmpty(String text) {
        assertEquals(Optional.empty(), HostPort.parse(text));
    }

    private Wishes read(Map<String, Object> values) {
        return new WishReader(complaints::add).read(settings(values));
    }

    /** The settings as the configuration admin's would be: what is not given has its default. */
    static EgressSettings settings(Map<String, Object> values) {
        return (EgressSettings) Proxy.newProxyInstance(
                EgressSettings.class.getClassLoader(),
                new Class<?>[] {EgressSettings.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}

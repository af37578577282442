package dev.oriel.egress.passthrough.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.0/25, 192.168.1.127, true",
        "192.168.1.0/25, 192.168.1.128, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, fd00::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::1, 2001:db8::1, true"
    })
    void contains_address_isJudgedByItsFirstBits(String network, String address, boolean inside) throws Exception {
        assertEquals(inside, Network.parse(network).orElseThrow().contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lan", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "fd00::/129", "300.1.1.1"})
    void parse_noNetwork_isEmpty(String text) {
        assertEquals(Optional.empty(), Network.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', docker*, eth0, 10.0.0.1, true",
        "'', docker*, docker0, 10.0.0.1, false",
        "eth*, '', eth0, 10.0.0.1, true",
        "eth*, '', wlan0, 10.0.0.1, false",
        "'eth0,br-*', br-lan, br-guest, 10.0.0.1, true",
        "'eth0,br-*', br-lan, br-lan, 10.0.0.1, false",
        "*.5, '', eth0.5, 10.0.0.1, true",
        "*.5, '', eth0x5, 10.0.0.1, false",
        "eth, '', eth0, 10.0.0.1, false"
    })
    void admit_interface_isJudgedByItsName(String allow, String deny, String name, String address, boolean admitted)
            throws Exception {
        AddressRules rules = new AddressRules(patterns(allow), patterns(deny), List.of(), List.of());

        assertEquals(admitted, rules.admit(name, InetAddress.getByName(address)));
    }

    @Test
    void admit_addressOfAnAllowedInterface_mustPassTheNetworksToo() throws Exception {
        AddressRules rules = new AddressRules(
                patterns("eth*"),
                List.of(),
                List.of(Network.parse("10.0.0.0/8").orElseThrow()),
                List.of(Network.parse("10.9.0.0/16").orElseThrow()));

        assertTrue(rules.admit("eth0", InetAddress.getByName("10.1.0.1")));
        assertTrue(!rules.admit("eth0", InetAddress.getByName("10.9.0.1")));
        assertTrue(!rules.admit("eth0", InetAddress.getByName("192.168.0.1")));
        assertTrue(!rules.admit("wlan0", InetAddress.getByName("10.1.0.1")));
    }

    @Test
    void find_givenAddress_isThereWhateverTheRules() throws Exception {
        AddressRules nothing = new AddressRules(patterns("no-such-*"), List.of(), List.of(), List.of());
        InetAddress given = InetAddress.getByName("192.0.2.77");

        assertEquals(List.of(given), new HostAddresses(nothing, List.of(given)).find());
        assertEquals(List.of(InetAddress.getByName("127.0.0.1")), new HostAddresses(nothing, List.of()).find());
    }

    private static List<Pattern> patterns(String texts) {
        return Stream.of(texts.split(","))
                .filter(t -> !t.isEmpty())
                .map(AddressRules::interfaces)
                .toList();
    }
}

package dev.oriel.signaling.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.0/24, 192.168.1.255, true",
        "192.168.1.0/24, 192.168.2.0, false",
        "192.168.1.7/31, 192.168.1.6, true",
        "192.168.1.7/31, 192.168.1.8, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "[2001:db8::1], 2001:db8::1, true",
    })
    void range_address_isInItOrNot(String rule, String address, boolean inside) throws Exception {
        assertEquals(inside, HostRule.parse(rule).meansAddress(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0/8",
                "fc00::/129",
                "a/8",
                "a b",
                "*.",
                "**",
                "1.2"
            })
    void parse_anythingElse_isRefusedWithASentence(String rule) {
        assertThrows(IllegalArgumentException.class, () -> HostRule.parse(rule));
    }
}

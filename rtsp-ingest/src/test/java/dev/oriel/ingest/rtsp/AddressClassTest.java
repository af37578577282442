package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressClassTest {

    /** Names are not looked up: whoever answers for them would be believed. */
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, true",
        "fd00::1, true",
        "camera.example, false",
        "'', false",
        "1.2.3, false",
        "1.2.3.4:5, false"
    })
    void parse_anythingButAnAddress_isNone(String text, boolean address) {
        assertEquals(address, AddressClass.parse(text).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 192.168.1.5, true",
        "192.168.1.5, 10.0.0.1, true",
        "192.168.1.5, fd00::1, true",
        "192.168.1.5, 172.32.0.1, false",
        "192.168.1.5, 127.0.0.1, false",
        "192.168.1.5, ::1, false",
        "192.168.1.5, ::ffff:127.0.0.1, false",
        "192.168.1.5, 169.254.169.254, false",
        "192.168.1.5, 198.51.100.1, false",
        "192.168.1.5, 0.0.0.0, false",
        "192.168.1.5, 239.1.1.1, false",
        "198.51.100.1, 203.0.113.1, true",
        "198.51.100.1, 10.0.0.1, false",
        "127.0.0.1, 127.0.0.2, true",
        "127.0.0.1, 192.168.1.5, false",
        "169.254.1.1, 169.254.1.1, true",
        "169.254.1.1, 169.254.169.254, false",
        "fe80::1, fe80::2, false"
    })
    void maySend_onlyWithinTheClass(String first, String other, boolean may) throws UnknownHostException {
        assertEquals(may, AddressClass.maySend(InetAddress.getByName(first), InetAddress.getByName(other)));
    }
}

package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    @Test
    void port_anyFormOfTheProperty_isRead() {
        assertEquals(OptionalInt.of(8083), Endpoints.port("http://127.0.0.1:8083/"));
        assertEquals(OptionalInt.of(8083), Endpoints.port(new String[] {"https://h:443/", "http://[::1]:8083/"}));
        assertEquals(OptionalInt.of(81), Endpoints.port(List.of("http://h:81/", "http://h:82/")));
        assertEquals(OptionalInt.empty(), Endpoints.port(List.of("/")));
        assertEquals(OptionalInt.empty(), Endpoints.port(null));
    }
}

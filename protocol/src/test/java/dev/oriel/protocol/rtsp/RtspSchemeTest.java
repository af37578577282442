package dev.oriel.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.camera.SourceLocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RtspSchemeTest {

    static Iterable<String> names() {
        return RtspScheme.names();
    }

    /** The ports are the api's, the names are ours: one must not be without the other. */
    @ParameterizedTest
    @MethodSource("names")
    void portOf_eachName_isThatOfItsKind(String name) {
        SourceLocation camera = SourceLocation.parse(name + "://camera/1");

        RtspScheme scheme = RtspScheme.of(camera).orElseThrow();
        boolean direct = scheme.carrier() == RtspScheme.Carrier.CONNECTION;
        int expected = scheme.isEncrypted() ? direct ? 322 : 443 : direct ? 554 : 80;
        assertEquals(expected, camera.portToConnect());
        assertEquals("camera:" + expected, RtspScheme.nameOf(camera));
    }
}

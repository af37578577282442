package dev.oriel.signaling.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.NotAllowed;
import dev.oriel.signaling.FakeBackground;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceGateTest {

    private final FakeBackground background = new FakeBackground();
    private final List<String> resolved = new ArrayList<>();
    private final SourceGate gate = new SourceGate(
            new UrlPolicy(List.of(HostRule.parse("10.0.0.0/8")), UrlPolicy.Loopback.REFUSED),
            background,
            this::resolve);

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        resolved.add(name);
        return switch (name) {
            case "camera.lan" -> List.of(InetAddress.getByName("10.1.2.3"));
            case "rebind.example" -> List.of(InetAddress.getByName("127.0.0.1"));
            default -> throw new UnknownHostException(name);
        };
    }

    @Test
    void open_address_isACameraAtOnceWithoutTheNetwork() throws Exception {
        CameraSource camera = open("rtsp://10.0.0.5/1").get(0, TimeUnit.SECONDS);

        assertEquals("rtsp://10.0.0.5/1", camera.location().url());
        assertEquals(List.of(), background.started);
    }

    @Test
    void open_name_isResolvedElsewhereAndLeadsToTheAddressThatWasJudged() throws Exception {
        CompletableFuture<CameraSource> camera = open("rtsp://camera.lan/1");
        assertFalse(camera.isDone());

        background.runStarted();

        assertEquals(
                "rtsp://10.1.2.3/1", camera.get(0, TimeUnit.SECONDS).location().url());
        assertEquals(List.of("camera.lan"), resolved);
        assertEquals(List.of(), background.alarms);
    }

    @Test
    void open_samePlaceTwice_hasOneNameWhateverTheCredentials() throws Exception {
        String first = open("rtsp://10.0.0.5/1").get(0, TimeUnit.SECONDS).name().value();
        String second =
                open("rtsp://u:p@10.0.0.5/1").get(0, TimeUnit.SECONDS).name().value();

        assertEquals(first, second);
        assertTrue(first.matches("url-[0-9a-f]{16}"), first);
    }

    @Test
    void open_nameThatLeadsHome_isNotAllowed() {
        CompletableFuture<CameraSource> camera = open("rtsp://rebind.example/1");
        background.runStarted();

        assertInstanceOf(NotAllowed.class, failure(camera));
    }

    @Test
    void open_nameThatNobodyHas_isUnreachable() {
        CompletableFuture<CameraSource> camera = open("rtsp://nowhere.example/1");
        background.runStarted();

        assertInstanceOf(CameraUnreachable.class, failure(camera));
    }

    @Test
    void open_nameThatTakesTooLong_isUnreachableInTime() {
        CompletableFuture<CameraSource> camera = open("rtsp://camera.lan/1");

        background.ring();

        assertInstanceOf(CameraUnreachable.class, failure(camera));
    }

    @Test
    void open_moreNamesThanThereIsRoomFor_areTurnedAway() {
        background.full = true;

        assertInstanceOf(NoEngine.class, failure(open("rtsp://camera.lan/1")));
        assertEquals(List.of(), background.alarms);
    }

    private CompletableFuture<CameraSource> open(String url) {
        return gate.open(SourceLocation.parse(url)).toCompletableFuture();
    }

    private static Throwable failure(CompletableFuture<CameraSource> camera) {
        return assertThrows(ExecutionException.class, () -> camera.get(0, TimeUnit.SECONDS))
                .getCause();
    }
}

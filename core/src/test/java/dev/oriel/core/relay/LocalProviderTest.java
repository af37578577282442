package dev.oriel.core.relay;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static dev.oriel.core.hub.Fakes.camera;
import static dev.oriel.core.hub.Fakes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.EgressEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.hub.Hub;
import dev.oriel.core.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LocalProviderTest {

    private static final Offer OFFER = new Offer("v=0");

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Hub hub = new Hub(timeline);
    private final LocalProvider provider = new LocalProvider(hub, timeline);
    private final Engine ingest = new Engine();
    private final CameraSource door = camera("door", "rtsp://camera/1");
    private final List<String> asked = new ArrayList<>();
    private final FakeSession session = new FakeSession("abc");

    LocalProviderTest() {
        hub.bindEngine(ingest, RTSP);
        provider.bindIngest(ingest, RTSP);
        hub.bindCamera(door, Map.of());
        timeline.run();
    }

    @Test
    void supports_needsBothEnginesAndTheScheme() {
        assertFalse(provider.supports(door), "no egress engine");
        EgressEngine engine = egress("a", 0, lease -> CompletableFuture.completedFuture(session));
        assertTrue(provider.supports(door));
        assertFalse(provider.supports(camera("x", "rtmp://camera/1")));
        provider.unbindIngest(ingest);
        assertFalse(provider.supports(door));
        provider.unbindEgress(engine);
    }

    @Test
    void answer_bestEngine_getsTheLeaseAndKeepsIt() {
        List<StreamLease> given = new ArrayList<>();
        egress("worse", 0, lease -> CompletableFuture.completedFuture(session));
        egress("best", 5, lease -> {
            given.add(lease);
            return CompletableFuture.completedFuture(session);
        });
        CompletableFuture<ViewerSession> answer = answer();

        ingest.last().tracks(VIDEO);

        assertSame(session, answer.join());
        assertEquals(List.of("best"), asked);
        assertEquals(1, leases());
        given.get(0).close();
        assertEquals(0, leases());
    }

    @Test
    void answer_enginesThatCannot_arePassedOver() {
        egress("none", 5, lease -> CompletableFuture.failedFuture(new NoEngine("full")));
        egress("codec", 4, lease -> CompletableFuture.failedFuture(noCommonCodec()));
        egress("broken", 3, lease -> {
            throw new NoClassDefFoundError("on purpose");
        });
        egress("works", 2, lease -> CompletableFuture.completedFuture(session));
        CompletableFuture<ViewerSession> answer = answer();

        ingest.last().tracks(VIDEO);

        assertSame(session, answer.join());
        assertEquals(List.of("none", "codec", "broken", "works"), asked);
    }

    @Test
    void answer_noneCan_namesTheCodecsAndGivesTheLeaseBack() {
        egress("none", 5, lease -> CompletableFuture.failedFuture(new NoEngine("full")));
        egress("codec", 4, lease -> CompletableFuture.failedFuture(noCommonCodec()));
        CompletableFuture<ViewerSession> answer = answer();

        ingest.last().tracks(VIDEO);

        assertInstanceOf(NoCommonCodec.class, failure(answer));
        assertEquals(0, leases());
    }

    @Test
    void answer_offerRejected_isFinal() {
        egress("picky", 5, lease -> CompletableFuture.failedFuture(new OfferRejected("bad")));
        egress("other", 4, lease -> CompletableFuture.completedFuture(session));
        CompletableFuture<ViewerSession> answer = answer();

        ingest.last().tracks(VIDEO);

        assertInstanceOf(OfferRejected.class, failure(answer));
        assertEquals(List.of("picky"), asked);
        assertEquals(0, leases());
    }

    @Test
    void answer_cameraFails_failsWithThat() {
        egress("a", 0, lease -> CompletableFuture.completedFuture(session));
        CompletableFuture<ViewerSession> answer = answer();
        CameraUnreachable gone = new CameraUnreachable("gone");

        ingest.last().sink.onEnd(new EndReason.Failed(gone));

        assertSame(gone, failure(answer));
    }

    @Test
    void answer_stuckEngine_isBoundedAndPassedOver() {
        CompletableFuture<ViewerSession> never = new CompletableFuture<>();
        egress("stuck", 5, lease -> never);
        egress("stuck too", 4, lease -> new CompletableFuture<>());
        CompletableFuture<ViewerSession> answer = answer();
        ingest.last().tracks(VIDEO);

        timeline.advanceMillis(7_999);

        assertInstanceOf(NoEngine.class, failure(answer));
        assertEquals(List.of("stuck", "stuck too"), asked);
        assertEquals(0, leases());
        never.complete(session);
        assertTrue(session.ended.isDone(), "a session that comes too late is closed");
    }

    private static NoCommonCodec noCommonCodec() {
        return new NoCommonCodec(List.of("H265"), List.of("H264"));
    }

    private EgressEngine egress(
            String name, int ranking, Function<StreamLease, CompletionStage<ViewerSession>> answer) {
        EgressEngine engine = (stream, offer, lease) -> {
            asked.add(name);
            return answer.apply(lease);
        };
        provider.bindEgress(engine, Map.of("service.ranking", ranking));
        return engine;
    }

    private CompletableFuture<ViewerSession> answer() {
        return provider.answer(door, OFFER).toCompletableFuture();
    }

    private int leases() {
        return hub.streams().get(0).leases();
    }
}

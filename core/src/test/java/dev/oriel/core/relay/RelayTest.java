package dev.oriel.core.relay;

import static dev.oriel.core.hub.Fakes.camera;
import static dev.oriel.core.hub.Fakes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.WebRtcProvider;
import dev.oriel.core.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final Offer OFFER = new Offer("v=0");

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Relay relay = new Relay(timeline);
    private final CameraSource door = camera("door", "rtsp://camera/1");
    private final List<String> asked = new ArrayList<>();
    private final FakeSession session = new FakeSession("abc");

    RelayTest() {
        relay.bindCamera(door, Map.of());
    }

    @Test
    void watch_unknownName_isNotFound() {
        assertInstanceOf(StreamNotFound.class, failure(relay.watch(new StreamName("no"), OFFER)));
    }

    @Test
    void watch_noProvider_isNoEngine() {
        assertInstanceOf(NoEngine.class, failure(relay.watch(DOOR, OFFER)));
        assertFalse(relay.canWatch(door));
    }

    @Test
    void watch_bestProvider_isAskedFirstWhateverTheOrderOfArrival() {
        provider("low", -1, () -> CompletableFuture.completedFuture(session));
        provider("high", 7, () -> CompletableFuture.completedFuture(session));
        provider("middle", 0, () -> CompletableFuture.completedFuture(session));

        assertSame(session, watch().join());

        assertEquals(List.of("high"), asked);
        assertTrue(relay.canWatch(door));
    }

    @Test
    void watch_failing_goesOnToTheNext() {
        provider("fails", 9, failing(new CameraUnreachable("gone")));
        provider("throws", 8, () -> {
            throw new NoClassDefFoundError("on purpose");
        });
        provider("odd", 7, () -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
        provider("nothing", 6, () -> CompletableFuture.completedFuture(null));
        provider("works", 5, () -> CompletableFuture.completedFuture(session));

        assertSame(session, watch().join());

        assertEquals(List.of("fails", "throws", "odd", "nothing", "works"), asked);
    }

    @Test
    void watch_allFail_reportsTheMostTellingFailure() {
        CameraUnreachable telling = new CameraUnreachable("gone");
        provider("a", 3, failing(new NoEngine("none")));
        provider("b", 2, failing(telling));
        provider("c", 1, failing(new NoCommonCodec(List.of("H265"), List.of("H264"))));

        assertSame(telling, direct(watch()));
        assertEquals(3, asked.size());
    }

    @Test
    void watch_offerRejected_isFinal() {
        OfferRejected rejected = new OfferRejected("no ice-ufrag");
        provider("a", 3, failing(rejected));
        provider("b", 2, () -> CompletableFuture.completedFuture(session));

        assertSame(rejected, direct(watch()));
        assertEquals(List.of("a"), asked);
    }

    @Test
    void watch_silentProviders_failWithinNineSecondsAndLateSessionsAreClosed() {
        CompletableFuture<ViewerSession> never = new CompletableFuture<>();
        provider("silent", 3, () -> never);
        provider("silent too", 2, CompletableFuture::new);
        CompletableFuture<ViewerSession> answer = watch();

        timeline.advanceMillis(7_999);
        assertEquals(List.of("silent"), asked);
        timeline.advanceMillis(900);

        assertEquals(List.of("silent", "silent too"), asked);
        assertInstanceOf(NoEngine.class, direct(answer));
        never.complete(session);
        assertTrue(session.ended.isDone());
        assertEquals(0, timeline.pending());
        assertEquals(List.of(), relay.viewers());
    }

    @Test
    void watch_providerThatCannotSayWhatItSupports_isSkipped() {
        relay.bindProvider(
                new WebRtcProvider() {
                    @Override
                    public boolean supports(CameraSource camera) {
                        throw new NoSuchMethodError("on purpose");
                    }

                    @Override
                    public CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer) {
                        throw new AssertionError();
                    }
                },
                Map.of("service.ranking", 100));
        provider("works", 0, () -> CompletableFuture.completedFuture(session));

        assertSame(session, watch().join());
    }

    @Test
    void session_isKnownUntilItEnds() {
        provider("works", 0, () -> CompletableFuture.completedFuture(session));
        watch().join();

        assertEquals(Optional.of(session), relay.session("abc"));
        assertEquals(1, relay.viewers().size());
        session.ended.complete(EndReason.CLOSED);
        assertEquals(Optional.empty(), relay.session("abc"));
        assertEquals(List.of(), relay.viewers());
    }

    @Test
    void session_idTakenAlready_isRefused() {
        provider("works", 0, () -> CompletableFuture.completedFuture(session));
        watch().join();
        FakeSession twin = new FakeSession("abc");
        provider("twin", 5, () -> CompletableFuture.completedFuture(twin));

        assertInstanceOf(NoEngine.class, direct(watch()));
        assertTrue(twin.ended.isDone());
        assertEquals(Optional.of(session), relay.session("abc"));
    }

    @Test
    void stop_endsSessionsAndAcceptsNone() {
        provider("works", 0, () -> CompletableFuture.completedFuture(session));
        watch().join();

        relay.stop();

        assertTrue(session.ended.isDone());
        assertInstanceOf(NoEngine.class, direct(watch()));
    }

    @Test
    void cameras_areSortedByNameAndOnePerName() {
        CameraSource yard = camera("a-yard", "rtsp://yard/");
        CameraSource better = camera("door", "rtsp://better/");
        relay.bindCamera(yard, Map.of());
        relay.bindCamera(better, Map.of("service.ranking", 1));

        assertEquals(List.of(yard, better), relay.cameras());
        relay.unbindCamera(better);
        assertEquals(List.of(yard, door), relay.cameras());
    }

    private void provider(String name, int ranking, Supplier<CompletionStage<ViewerSession>> answer) {
        relay.bindProvider(
                new WebRtcProvider() {
                    @Override
                    public boolean supports(CameraSource camera) {
                        return true;
                    }

                    @Override
                    public CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer) {
                        asked.add(name);
                        return answer.get();
                    }
                },
                Map.of("service.ranking", ranking));
    }

    private static Supplier<CompletionStage<ViewerSession>> failing(RelayException why) {
        return () -> CompletableFuture.failedFuture(why);
    }

    private CompletableFuture<ViewerSession> watch() {
        return relay.watch(DOOR, OFFER).toCompletableFuture();
    }

    /** The failure as a listener sees it: without a wrapper around it. */
    private static Throwable direct(CompletableFuture<ViewerSession> answer) {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> seen.complete(failure));
        return seen.getNow(new AssertionError("still waiting"));
    }
}

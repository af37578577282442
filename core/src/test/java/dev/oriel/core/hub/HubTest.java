package dev.oriel.core.hub;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.SOUND;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static dev.oriel.core.hub.Fakes.camera;
import static dev.oriel.core.hub.Fakes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.hub.Fakes.Sink;
import dev.oriel.core.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubTest {

    private static final StreamName DOOR = new StreamName("door");

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Hub hub = new Hub(timeline);
    private final Engine engine = new Engine();
    private final CameraSource door = camera("door", "rtsp://u:p@camera/1");

    @BeforeEach
    void start() {
        hub.bindEngine(engine, RTSP);
        hub.bindCamera(door, Map.of());
        timeline.run();
    }

    @Test
    void lease_unknownName_isNotFound() {
        assertInstanceOf(StreamNotFound.class, failure(hub.lease(new StreamName("other"))));
    }

    /** Two sessions of one camera, where it has room for one: openhab-addons 19691. */
    @Test
    void lease_sameLocationHoweverWritten_opensOnce() {
        CompletableFuture<StreamLease> one = ask(door);
        CompletableFuture<StreamLease> two = ask(camera("porch", "rtsp://u:p@CAMERA:554/1"));
        CompletableFuture<StreamLease> encoded = ask(camera("porch", "rtsp://%75:%70@camera/1"));
        CompletableFuture<StreamLease> three = ask(camera("porch", "rtsp://u:other@camera/1"));
        assertFalse(one.isDone());

        engine.sessions.get(0).tracks(VIDEO);

        assertTrue(one.isDone() && two.isDone() && encoded.isDone());
        assertFalse(three.isDone());
        assertEquals(2, engine.sessions.size());
        assertEquals(List.of(VIDEO), one.join().tracks());
    }

    @Test
    void lease_cameraFails_failsAtOnceWithTheCamerasOwnFailure() {
        CompletableFuture<StreamLease> lease = ask(door);
        CameraRefused refused = new CameraRefused(404, "no such path");

        engine.last().sink.onEnd(new EndReason.Failed(refused));

        assertSame(refused, failure(lease));
        assertEquals("no such path", status().whyNoPicture());
        assertEquals(StreamState.IDLE, status().state());
    }

    @Test
    void lease_silentCamera_failsAfterFiveSecondsAndLetsGo() {
        CompletableFuture<StreamLease> lease = ask(door);

        timeline.advanceMillis(4_999);
        assertFalse(lease.isDone());
        timeline.advanceMillis(1);

        assertInstanceOf(CameraUnreachable.class, failure(lease));
        assertEquals(1, engine.last().closed);
    }

    @Test
    void lease_noMedia_isUnsupported() {
        CompletableFuture<StreamLease> lease = ask(door);

        engine.last().tracks();

        assertInstanceOf(CameraUnsupported.class, failure(lease));
    }

    @Test
    void lease_cancelledWhileWaiting_isGivenBack() {
        ask(door).cancel(false);

        engine.last().tracks(VIDEO);
        timeline.advanceMillis(10_000);

        assertEquals(1, engine.last().closed);
        assertEquals(0, status().leases());
    }

    /** Long groups of pictures, "smart codec": go2rtc 1162, 1595, 1887, home-assistant 116894. */
    @Test
    void attach_runningGroup_isToldBeforeTheCallReturns() {
        StreamLease lease = watching();
        engine.last().video(1, false);
        engine.last().video(2, true);
        engine.last().sound(3);
        engine.last().video(4, false);
        Sink sink = new Sink();

        lease.attach(sink);

        assertEquals("T2 v2 v4", sink.take());
        engine.last().video(5, false);
        engine.last().sound(6);
        assertEquals("v5 s6", sink.take());
        lease.replay();
        assertEquals("v2 v4 v5", sink.take());
        assertThrows(IllegalStateException.class, () -> lease.attach(new Sink()));
    }

    @Test
    void attach_noKeyframeYet_videoWaitsForItAndSoundDoesNot() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);

        engine.last().video(1, false);
        engine.last().sound(2);
        assertEquals("Waiting for the camera's first keyframe.", lease.status().whyNoPicture());
        engine.last().video(3, true);
        engine.last().video(4, false);

        assertEquals("T2 s2 v3 v4", sink.take());
        assertEquals("", lease.status().whyNoPicture());
    }

    @Test
    void replay_fromWithinAPacket_tellsWhatCameBefore() {
        StreamLease lease = watching();
        engine.last().video(1, true);
        Sink inner = new Sink();
        lease.attach(Fakes.onPacket((track, packet) -> {
            if (packet.sequenceNumber() == 3 && inner.told.size() < 3) {
                lease.replay();
            }
            inner.onPacket(track, packet);
        }));

        engine.last().video(2, false);
        engine.last().video(3, false);

        assertEquals("v1 v2 v1 v2 v3", inner.take());
    }

    @Test
    void attach_fromWithinAnotherSinksPacket_missesNothing() {
        StreamLease lease = watching();
        StreamLease second = ask(door).join();
        Sink newcomer = new Sink();
        engine.last().video(1, true);
        lease.attach(Fakes.onPacket((track, packet) -> {
            if (packet.sequenceNumber() == 2) {
                second.attach(newcomer);
            }
        }));

        engine.last().video(2, false);
        engine.last().video(3, false);

        assertEquals("T2 v1 v2 v3", newcomer.take());
    }

    @Test
    void onTracks_sameAgain_disturbsNobody_changed_isToldAndClearsTheGroup() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);
        engine.last().video(1, true);

        engine.last().tracks(VIDEO, SOUND);
        assertEquals(1, lease.status().groupPackets());
        engine.last().tracks(new Track(0, MediaKind.VIDEO, new Codec.H265(List.of()), 90_000, 1));

        assertEquals("T2 v1 T1", sink.take());
        assertEquals(0, lease.status().groupPackets());
    }

    @Test
    void close_lastLease_lingersThenClosesTheCamera() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);

        lease.close();
        lease.close();

        assertEquals("T2 E", sink.take());
        assertEquals(StreamState.LINGERING, status().state());
        timeline.advanceMillis(9_999);
        assertEquals(0, engine.last().closed);
        timeline.advanceMillis(1);
        assertEquals(1, engine.last().closed);
        assertEquals(StreamState.IDLE, status().state());
        assertEquals("", status().whyNoPicture());
    }

    @Test
    void outage_leaseStays_pictureResumesAtTheNextKeyframe() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);
        engine.last().video(1, true);

        engine.last().sink.onEnd(new EndReason.Failed(new CameraUnreachable("cable pulled")));
        assertEquals(StreamState.BACKOFF, lease.status().state());
        assertEquals("cable pulled. It is tried again in 0.4 s.", lease.status().whyNoPicture(), "0.5 s less jitter");
        engine.last().video(2, true);
        timeline.advanceMillis(1_000);
        assertEquals(2, engine.sessions.size());
        engine.last().tracks(VIDEO, SOUND);
        engine.last().video(7, false);
        engine.last().sound(8);
        engine.last().video(9, true);

        assertEquals("T2 v1 T2 s8 v9", sink.take());
        assertEquals("", lease.status().whyNoPicture());
    }

    @Test
    void ingestEngine_replaced_leasesGoOnWithTheNext() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);
        engine.last().video(1, true);

        hub.unbindEngine(engine);
        engine.last().video(2, false);
        assertEquals(1, engine.last().closed);
        assertEquals(StreamState.BACKOFF, lease.status().state());
        assertInstanceOf(NoEngine.class, failure(ask(camera("x", "rtsp://elsewhere"))));
        timeline.advanceMillis(200);
        Engine next = new Engine();
        hub.bindEngine(next, RTSP);
        timeline.run();

        assertEquals(1, next.sessions.size(), "opens at once");
        next.last().tracks(VIDEO, SOUND);
        next.last().video(3, false);
        next.last().video(4, true);
        assertEquals("T2 v1 T2 v4", sink.take());
        assertEquals(1, engine.sessions.size());
    }

    @Test
    void ingestEngine_leavesWhileAnotherIsThere_reopensWithoutAWait() {
        Engine second = new Engine();
        hub.bindEngine(second, Map.of(IngestEngine.SCHEMES, List.of("rtsp"), "service.ranking", -1));
        watching();

        hub.unbindEngine(engine);

        assertEquals(1, second.sessions.size());
    }

    @Test
    void ingestEngine_throwing_isPassedOver() {
        hub.bindEngine(
                (location, options, sink) -> {
                    throw new NoClassDefFoundError("on purpose");
                },
                Map.of(IngestEngine.SCHEMES, "rtsp", "service.ranking", 99));

        watching();

        assertEquals(1, engine.sessions.size());
    }

    /** One bad part must not touch another: RTSPtoWeb 89, 256, 445. */
    @Test
    void sink_throwing_endsItsLeaseAlone() {
        StreamLease bad = watching();
        StreamLease good = ask(door).join();
        Sink fine = new Sink();
        int[] ends = {0};
        bad.attach(new dev.oriel.api.media.MediaSink() {
            @Override
            public void onTracks(List<Track> tracks) {}

            @Override
            public void onPacket(Track track, dev.oriel.api.media.RtpPacket packet) {
                throw new NoSuchMethodError("on purpose");
            }

            @Override
            public void onEnd(EndReason reason) {
                ends[0]++;
                throw new IllegalStateException("on purpose");
            }
        });
        good.attach(fine);

        engine.last().video(1, true);
        engine.last().video(2, false);
        bad.close();

        assertEquals("T2 v1 v2", fine.take());
        assertEquals(1, ends[0]);
        assertEquals(1, status().leases());
    }

    @Test
    void camera_removed_endsItsLeasesOnly() {
        StreamLease named = watching();
        StreamLease adHoc = ask(camera("mine", "rtsp://u:p@camera/1")).join();
        Sink sink = new Sink();
        Sink other = new Sink();
        named.attach(sink);
        adHoc.attach(other);

        hub.unbindCamera(door);
        timeline.run();
        engine.last().video(1, true);

        assertEquals(List.of(new EndReason.Closed("camera removed")), sink.ends);
        assertEquals("T2 v1", other.take());
        assertInstanceOf(StreamNotFound.class, failure(hub.lease(DOOR)));
        Sink late = new Sink();
        StreamLease ended = ask(camera("mine", "rtsp://u:p@camera/1")).join();
        ended.close();
        ended.attach(late);
        assertEquals("E", late.take());
    }

    @Test
    void camera_always_isOpenedWhenKnownAndClosedWhenGone() {
        CameraSource yard = camera("yard", "rtsp://yard/", Fakes.always());

        hub.bindCamera(yard, Map.of());
        timeline.run();
        engine.last().tracks(VIDEO);
        for (int i = 0; i < 300; i++) {
            timeline.advanceMillis(12_000);
            engine.last().sound(i);
        }
        assertEquals(0, engine.last().closed);
        hub.unbindCamera(yard);
        timeline.run();

        assertEquals(1, engine.last().closed);
        assertEquals(1, hub.streams().size());
    }

    @Test
    void camera_sameName_theBetterRankedCounts() {
        CameraSource better = camera("door", "rtsp://better/");
        hub.bindCamera(better, Map.of("service.ranking", 5));

        hub.lease(DOOR);

        assertEquals("better", engine.last().location.host());
        assertEquals("rtsp://better/", status().url());
    }

    @Test
    void camera_throwing_isLeftOut() {
        hub.bindCamera(
                new CameraSource() {
                    @Override
                    public StreamName name() {
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public dev.oriel.api.camera.SourceLocation location() {
                        throw new IllegalStateException("on purpose");
                    }
                },
                Map.of("service.ranking", 5));

        assertEquals(1, hub.streams().size());
        watching();
    }

    @Test
    void adHoc_unused_isForgottenWhole() {
        StreamLease lease = open(camera("mine", "rtsp://there/"));
        assertEquals(2, hub.streams().size());

        lease.close();
        timeline.advanceMillis(10_000);

        assertEquals(1, hub.streams().size());
        assertEquals(0, timeline.pending());
    }

    @Test
    void adHoc_refusedLogin_isRememberedForAMinute() {
        CompletableFuture<StreamLease> first = ask(camera("mine", "rtsp://u:bad@there/"));
        engine.last().sink.onEnd(new EndReason.Failed(new CameraRefused(401, "wrong password")));
        assertInstanceOf(CameraRefused.class, failure(first));

        assertInstanceOf(CameraRefused.class, failure(ask(camera("mine", "rtsp://u:bad@there/"))));
        assertEquals(1, engine.sessions.size());
        timeline.advanceMillis(60_000);

        assertEquals(0, timeline.pending());
    }

    @Test
    void stop_endsLeasesSessionsAndWaits() {
        StreamLease lease = watching();
        Sink sink = new Sink();
        lease.attach(sink);
        CompletableFuture<StreamLease> waiting = ask(camera("other", "rtsp://other/"));

        hub.stop();

        assertEquals("T2 E", sink.take());
        assertInstanceOf(NoEngine.class, failure(waiting));
        assertTrue(engine.sessions.stream().allMatch(session -> session.closed == 1));
        assertInstanceOf(NoEngine.class, failure(hub.lease(DOOR)));
        timeline.run();
        assertEquals(0, timeline.pending());
    }

    @Test
    void status_urlAndCounters_holdNoSecret() {
        watching();
        engine.last().video(1, true);
        engine.last().sound(2);

        StreamStatus status = status();

        assertEquals("rtsp://camera/1", status.url());
        assertEquals(2, status.packets());
        assertEquals(20, status.bytes());
        assertEquals(1, status.groupPackets());
        assertFalse(status.toString().contains("u:p"), status.toString());
    }

    private StreamLease watching() {
        return open(door);
    }

    private StreamLease open(CameraSource camera) {
        CompletableFuture<StreamLease> lease = ask(camera);
        engine.last().tracks(VIDEO, SOUND);
        timeline.run();
        return lease.join();
    }

    private CompletableFuture<StreamLease> ask(CameraSource camera) {
        return hub.lease(camera).toCompletableFuture();
    }

    private StreamStatus status() {
        return hub.streams().stream()
                .filter(status -> status.name().equals(DOOR))
                .findFirst()
                .orElseThrow();
    }
}

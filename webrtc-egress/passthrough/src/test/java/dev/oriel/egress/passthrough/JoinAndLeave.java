package dev.oriel.egress.passthrough;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.testkit.viewer.light.LightViewer;
import dev.oriel.testkit.viewer.light.LightViewers;
import dev.oriel.testkit.viewer.light.Reach;
import dev.oriel.testkit.viewer.light.VideoWatch;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Viewers that come to one engine and leave it in all the ways there are: of twenty, as the comments below say. */
final class JoinAndLeave implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JoinAndLeave.class);
    private static final int AT_ONCE = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final AtomicInteger watched = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final Set<ViewerSession> open = ConcurrentHashMap.newKeySet();
    final PassthroughEngine engine;
    private final ClipCamera camera;
    private final LightViewers viewers;
    private final Semaphore joining = new Semaphore(AT_ONCE);

    JoinAndLeave() throws Exception {
        engine = new PassthroughEngine(0, java.util.List.of(InetAddress.getLoopbackAddress()), 20_000, false);
        camera = new ClipCamera("baseline-10s-group.h264").start();
        viewers = new LightViewers(InetAddress.getLoopbackAddress());
    }

    /** Has that many come, a few at once, and go; returns when the last has left or stays away. */
    void run(int sessions) throws InterruptedException {
        for (int i = 0; i < sessions; i++) {
            joining.acquire();
            int kind = i % 20;
            try {
                one(kind).whenComplete((done, failure) -> joining.release());
            } catch (RuntimeException e) {
                joining.release();
                throw e;
            }
        }
        joining.acquire(AT_ONCE);
        joining.release(AT_ONCE);
    }

    private CompletableFuture<?> one(int kind) {
        Reach reach = switch (kind) {
            // Two never send a check, one never shakes hands, one begins to and falls silent.
            case 3, 13 -> Reach.ANSWERED;
            case 7 -> Reach.CONNECTED;
            case 11 -> Reach.GREETED;
            default -> Reach.WATCHING;
        };
        AtomicReference<ViewerSession> session = new AtomicReference<>();
        return viewers.join(offer -> answer(offer, session), reach, VideoWatch.NOTHING, PATIENCE)
                .handle((viewer, failure) -> {
                    if (failure != null) {
                        failed.incrementAndGet();
                        LOG.warn(
                                "A viewer of kind {} did not get as far as it should: {}; {}",
                                kind,
                                failure.toString(),
                                session.get() == null ? "" : session.get().status());
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return left(viewer, reach, kind);
                })
                .thenCompose(left -> left);
    }

    private CompletableFuture<Void> left(LightViewer viewer, Reach reach, int kind) {
        if (reach != Reach.WATCHING) {
            return viewers.vanish(viewer);
        }
        watched.incrementAndGet();
        // One of those that watch is switched off; all others say goodbye.
        return kind == 17 ? viewers.vanish(viewer) : viewers.leave(viewer);
    }

    private String answer(String offer, AtomicReference<ViewerSession> made) {
        ViewerSession session = engine.answer(new StreamName("clip"), new Offer(offer), camera.lease())
                .toCompletableFuture()
                .join();
        made.set(session);
        open.add(session);
        session.ended().thenAccept(reason -> open.remove(session));
        return session.answer();
    }

    /** Waits until the engine has noticed that all have gone; how many it has not. */
    int drain(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return open.size();
    }

    int leases() {
        return camera.open.get();
    }

    @Override
    public void close() {
        viewers.close();
        engine.stop();
        camera.close();
    }
}

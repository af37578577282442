package dev.oriel.core.hub;

import static dev.oriel.core.hub.Fakes.VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.time.Clockwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live packets on one thread against attaching, replaying and closing on others. */
class FanOutRaceTest {

    private static final int PACKETS = 300_000;
    private static final int GROUP = 50;
    private static final int VIEWERS = 6;

    private final Clockwork clockwork = new Clockwork();
    private final Hub hub = new Hub(clockwork);
    private final Engine engine = new Engine();
    private final CameraSource camera = Fakes.camera("door", "rtsp://camera/1");
    private final ExecutorService threads = Executors.newFixedThreadPool(VIEWERS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        hub.stop();
        clockwork.stop();
    }

    @Test
    void packets_attachAndReplayMeanwhile_noneLostNoneDoubled() throws Exception {
        hub.bindEngine(engine, Fakes.RTSP);
        StreamLease keeper = lease(true);
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Tally>> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            int seed = i;
            viewers.add(threads.submit((Callable<Tally>) () -> view(new Random(seed), over)));
        }

        threads.submit(() -> {
                    for (int i = 0; i < PACKETS; i++) {
                        // The timestamp numbers the packets, since it does not wrap within this test.
                        engine.last().sink.onPacket(VIDEO, Fakes.packet(i, i, i % GROUP == 0, 1));
                    }
                    over.set(true);
                })
                .get(60, TimeUnit.SECONDS);

        int replays = 0;
        for (Future<Tally> viewer : viewers) {
            Tally tally = viewer.get(60, TimeUnit.SECONDS);
            assertEquals(List.of(), tally.complaints);
            replays += tally.replays;
        }
        assertTrue(replays > 100, "replays " + replays);
        assertEquals(PACKETS, keeper.status().packets());
        keeper.close();
        assertEquals(1, engine.sessions.size());
    }

    private StreamLease lease(boolean first) throws Exception {
        var lease = hub.lease(camera).toCompletableFuture();
        if (first) {
            engine.last().tracks(VIDEO);
        }
        return lease.get(5, TimeUnit.SECONDS);
    }

    private Tally view(Random random, AtomicBoolean over) throws Exception {
        Tally tally = new Tally();
        while (!over.get()) {
            try (StreamLease lease = lease(false)) {
                Checker sink = new Checker(tally);
                sink.replay(() -> lease.attach(sink));
                int replays = random.nextInt(20);
                for (int i = 0; i < replays; i++) {
                    int seen = sink.last;
                    while (sink.last - seen < random.nextInt(120) && !over.get()) {
                        Thread.onSpinWait();
                    }
                    sink.replay(lease::replay);
                }
            }
        }
        return tally;
    }

    /** What went wrong, and how often it could have. */
    private static final class Tally {
        private final List<String> complaints = new ArrayList<>();
        private int replays;
    }

    /** A sink that counts on every packet coming once, and on each replay ending where live media stands. */
    private static final class Checker implements MediaSink {

        private final Tally tally;
        private volatile int last = -1;
        private volatile Thread replaying = Thread.currentThread();
        private boolean ended;
        private int next;
        private boolean replayBegun;

        Checker(Tally tally) {
            this.tally = tally;
        }

        void replay(Runnable call) {
            replaying = Thread.currentThread();
            call.run();
        }

        @Override
        public void onTracks(List<Track> tracks) {}

        @Override
        public void onPacket(Track track, RtpPacket packet) {
            int number = packet.timestamp();
            if (Thread.currentThread() == replaying) {
                if (packet.startsKeyframe()) {
                    tally.replays++;
                    replayBegun = true;
                } else if (number != next) {
                    complain("replayed " + number + " instead of " + next);
                }
            } else {
                if (replayBegun && last >= 0 && next < last) {
                    complain("replay ended at " + next + " behind " + last);
                }
                replayBegun = false;
                boolean first = last < 0;
                if (first ? !packet.startsKeyframe() && number != next : number != Math.max(next, last + 1)) {
                    complain("live " + number + " after " + last + ", expected " + next);
                }
                last = number;
            }
            next = number + 1;
            if (ended) {
                complain("packet after the end");
            }
        }

        @Override
        public void onEnd(EndReason reason) {
            ended = true;
        }

        private void complain(String sentence) {
            if (tally.complaints.size() < 5) {
                tally.complaints.add(sentence);
            }
        }
    }
}

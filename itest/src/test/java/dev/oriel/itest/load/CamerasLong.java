package dev.oriel.itest.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestReport;
import dev.oriel.core.hub.Hub;
import dev.oriel.core.time.Clockwork;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.load.Footprint;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The hub and the RTSP engine in this process, cameras in another: one encoder for all of them, told apart by the user in
 * their URL, which the server does not look at.
 */
@Timeout(1800)
final class CamerasLong {

    private static final int CAMERAS = 100;
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final int CYCLES = 10_000;
    private static final int AT_ONCE = 8;
    private static final int WARM_UP = 1_000;
    private static final long PATIENCE_SECONDS = 20;

    private final Clockwork clockwork = new Clockwork();
    private final Hub hub = new Hub(clockwork);
    private final RtspIngestEngine engine = new RtspIngestEngine();
    private AutoCloseable server;
    private String url;

    @BeforeEach
    void start() {
        hub.bindEngine(engine, Map.of(IngestEngine.SCHEMES, "rtsp"));
    }

    private void gstreamer() throws Exception {
        Scene scene = new Scene(Video.H264_HIGH, Audio.NONE, Scene.RATE, 640, 360, Scene.ParameterSets.IN_BAND);
        GstreamerCamera camera = GstreamerCamera.start(scene, Serving.DEFAULT.only(Serving.Way.TCP));
        server = camera;
        url = camera.uri().toString();
    }

    // GStreamer's server stands still after some thousands of sessions, so it is the demo camera of another process.
    private void demo() throws Exception {
        StandaloneOriel other = StandaloneOriel.start();
        server = other;
        Matcher address = Pattern.compile("demo camera is at (rtsp://\\S+)").matcher(other.output());
        assertTrue(address.find(), other::output);
        url = address.group(1);
    }

    @AfterEach
    void stop() throws Exception {
        hub.stop();
        engine.stop();
        clockwork.stop();
        server.close();
    }

    @Test
    void hundredCameras_oneViewerEach_loseNothing() throws Exception {
        gstreamer();
        // Two cameras: one for each event loop of the engine, which are all the threads it ever has.
        try (StreamLease first = lease(CAMERAS);
                StreamLease second = lease(CAMERAS + 1)) {
            first.attach(new Gaps());
            second.attach(new Gaps());
            pass(Duration.ofSeconds(2));
            Footprint two = Footprint.now();
            Deque<StreamLease> leases = new ArrayDeque<>();
            List<Gaps> viewers = new ArrayList<>();
            try {
                for (int i = 0; i < CAMERAS; i++) {
                    leases.add(lease(i));
                    viewers.add(new Gaps());
                    leases.getLast().attach(viewers.get(i));
                }
                for (Gaps viewer : viewers) {
                    viewer.awaitFirst(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                }
                watch(two, viewers);
                compare(viewers, List.copyOf(leases));
            } finally {
                leases.forEach(StreamLease::close);
            }
        }
    }

    private static void watch(Footprint two, List<Gaps> viewers) throws Exception {
        long bytes = viewers.stream().mapToLong(Gaps::bytes).sum();
        long packets = viewers.stream().mapToLong(Gaps::packets).sum();
        long cpu = cpuNanos();
        pass(WATCHED);
        double seconds = WATCHED.toSeconds();
        double used = (cpuNanos() - cpu) / 1e9 / seconds;
        bytes = viewers.stream().mapToLong(Gaps::bytes).sum() - bytes;
        packets = viewers.stream().mapToLong(Gaps::packets).sum() - packets;
        Footprint all = Footprint.now();
        System.out.printf(
                Locale.ROOT,
                "2 cameras:   %s%n%d more:    %s%n%.0f KiB of heap per camera, %.2f Mbit/s per camera, %.0f packets/s in "
                        + "all, %.0f %% of one core%n",
                two,
                CAMERAS,
                all,
                (double) (all.heapKib() - two.heapKib()) / CAMERAS,
                bytes * 8 / seconds / 1e6 / CAMERAS,
                packets / seconds,
                used * 100);
        assertTrue(viewers.stream().noneMatch(Gaps::ended), "a camera ended");
        assertTrue(all.threads() <= two.threads(), () -> two + " became " + all);
    }

    /**
     * Over TCP nothing is lost on the way: with every byte of the connection understood, a number that is missing in the
     * camera's own row was left out by its server. What a viewer misses beyond that is our loss.
     */
    private static void compare(List<Gaps> viewers, List<StreamLease> leases) {
        long leftOut = 0;
        for (int i = 0; i < viewers.size(); i++) {
            Gaps viewer = viewers.get(i);
            IngestReport report = leases.get(i).status().report();
            assertEquals(0, report.skippedBytes(), "bytes of camera " + i + " were not understood");
            assertEquals(0, report.malformed(), "packets of camera " + i + " were not understood");
            assertTrue(
                    viewer.missing() <= report.lost(), () -> viewer.where() + " that the camera had sent: " + report);
            leftOut += report.lost();
        }
        System.out.println("Left out by the server: " + leftOut);
    }

    @Test
    void tenThousandSessions_oneAfterTheOther_leaveNothing() throws Exception {
        demo();
        try (StreamLease warm = lease(AT_ONCE)) {
            warm.attach(new Gaps());
            cycle(WARM_UP);
            Footprint before = Footprint.now();
            System.out.println("after " + WARM_UP + " sessions: " + before);
            Footprint now = before;
            for (int done = 0; done < CYCLES; done += CYCLES / 10) {
                cycle(CYCLES / 10);
                now = Footprint.now();
                System.out.println("after " + (WARM_UP + done + CYCLES / 10) + " sessions: " + now);
            }
            assertEquals(before.threads(), now.threads());
            // The last few may still be on their way out.
            assertTrue(now.files() <= before.files() + AT_ONCE, before + " became " + now);
            assertTrue(now.heapKib() < before.heapKib() + 2_048, before + " became " + now);
        }
    }

    /** So many sessions, a few of them at once, each opened, watched up to a packet, and closed. */
    private void cycle(int sessions) throws Exception {
        for (int done = 0; done < sessions; done += AT_ONCE) {
            List<CompletableFuture<StreamLease>> asked = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                asked.add(hub.lease(new Source(i)).toCompletableFuture());
            }
            for (CompletableFuture<StreamLease> answer : asked) {
                try (StreamLease lease = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    Gaps viewer = new Gaps();
                    lease.attach(viewer);
                    viewer.awaitFirst(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                    assertFalse(viewer.ended());
                }
            }
        }
    }

    private StreamLease lease(int number) throws Exception {
        return hub.lease(new Source(number)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void pass(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** A camera of its own for the hub, since it has a user of its own. Closed with its last viewer. */
    private final class Source implements CameraSource {

        private final int number;

        private Source(int number) {
            this.number = number;
        }

        @Override
        public StreamName name() {
            return new StreamName("camera" + number);
        }

        @Override
        public SourceLocation location() {
            return SourceLocation.parse(url.replace("//", "//user" + number + "@"));
        }

        @Override
        public CameraOptions options() {
            return CameraOptions.DEFAULT.withLinger(Duration.ZERO);
        }
    }
}

package dev.oriel.core.hub;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.core.hub.CameraLife.Action;
import dev.oriel.core.time.Timeline;
import dev.oriel.core.time.Timeline.Alarm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera of the hub: the shell around its {@link CameraLife} and its {@link FanOut}.
 *
 * <p>One lock guards both. Under it sinks are called, and nobody else: engines and waiting callers hear of what was decided
 * after it is released, engines in the order of the decisions. Safe on any thread; no method blocks.
 */
final class Camera {

    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

    private static final String SILENT = "The connection to the camera is open, but nothing has come for 15 seconds.";

    private final SourceLocation location;
    private final IngestEngines engines;
    private final Timeline timeline;
    private final Consumer<Camera> retirement;

    private final Object lock = new Object();
    private final CameraLife life;
    private final FanOut fanOut = new FanOut();
    private final Silence silence = new Silence();
    private IngestReport lastReport = IngestReport.NONE;
    private final Map<Long, Lease> leases = new LinkedHashMap<>();
    private final Handover handover = new Handover(lock);
    private long lastTicket;
    private StreamName name;
    private CameraOptions options;
    private @Nullable Inlet current;
    private OptionalLong armedFor = OptionalLong.empty();
    private Alarm alarm = () -> {};
    private boolean known;
    private boolean retired;
    private String logged = "";

    /** The session of the last attempt; belongs to the steps of the handover. */
    private @Nullable Inlet opened;

    /**
     * A camera nobody has asked for yet.
     *
     * @param name what it is called in logs and by those who do not know it by name
     * @param options how it is run
     * @param retirement told once, on any thread, when there is nothing left to do or to remember
     */
    Camera(
            StreamName name,
            SourceLocation location,
            CameraOptions options,
            IngestEngines engines,
            Timeline timeline,
            Consumer<Camera> retirement) {
        this.name = name;
        this.location = location;
        this.options = options;
        this.engines = engines;
        this.timeline = timeline;
        this.retirement = retirement;
        this.life = new CameraLife(timeline.jitter());
    }

    SourceLocation location() {
        return location;
    }

    /** Asks for a lease; absent if the camera has retired, so that another must take its place. */
    Optional<Lease> ask(CameraSource source, StreamName as, CameraOptions wanted) {
        Lease lease;
        synchronized (lock) {
            if (retired) {
                return Optional.empty();
            }
            if (leases.isEmpty() && !known) {
                name = as;
                options = wanted;
            }
            long ticket = ++lastTicket;
            lease = new Lease(this, ticket, source, as, wanted.linger().toNanos());
            leases.put(ticket, lease);
            life.ask(timeline.nanos(), ticket);
            decided();
        }
        handover.perform();
        return Optional.of(lease);
    }

    /** The camera is known by name; false if it has retired, so that another must take its place. */
    boolean know(StreamName as, CameraOptions wanted) {
        synchronized (lock) {
            if (retired) {
                return false;
            }
            known = true;
            name = as;
            options = wanted;
            life.keepOpen(timeline.nanos(), wanted.running() == CameraOptions.Running.ALWAYS);
            decided();
        }
        handover.perform();
        return true;
    }

    /** The camera is no longer known by name; leases by location go on. */
    void forget() {
        synchronized (lock) {
            known = false;
            life.keepOpen(timeline.nanos(), false);
            decided();
        }
        handover.perform();
    }

    /** Ends the leases that were asked for through a source. */
    void endLeasesOf(CameraSource source, EndReason reason) {
        List<Lease> ending;
        synchronized (lock) {
            ending =
                    leases.values().stream().filter(lease -> lease.isOf(source)).toList();
        }
        ending.forEach(lease -> end(lease, reason));
    }

    void engineCame() {
        synchronized (lock) {
            life.engineCame(timeline.nanos());
            decided();
        }
        handover.perform();
    }

    void engineLeft(IngestEngine engine) {
        synchronized (lock) {
            Inlet inlet = current;
            if (inlet != null && inlet.engine() == engine) {
                LOG.info("Camera {}: its ingest engine has left", name);
                life.orphaned(timeline.nanos(), inlet.attempt());
                decided();
            }
        }
        handover.perform();
    }

    /** Ends everything. */
    void stop(EndReason reason) {
        List<Lease> ending;
        synchronized (lock) {
            known = false;
            retired = true;
            life.stop(new NoEngine("The hub has stopped."));
            decided();
            ending = List.copyOf(leases.values());
        }
        ending.forEach(lease -> end(lease, reason));
        handover.perform();
    }

    List<Track> tracks() {
        synchronized (lock) {
            return fanOut.tracks();
        }
    }

    StreamStatus status(StreamName as) {
        Inlet inlet;
        synchronized (lock) {
            inlet = current;
        }
        // The engine is asked without our lock, which its thread may be waiting for.
        IngestReport latest = inlet == null ? IngestReport.NONE : inlet.report();
        synchronized (lock) {
            IngestReport report = inlet == null || inlet.told().isEmpty() ? lastReport : latest;
            return new StreamStatus(
                    as,
                    location.url(),
                    life.state(),
                    fanOut.tracks(),
                    life.leases(),
                    fanOut.packets(),
                    fanOut.bytes(),
                    fanOut.groupPackets(),
                    diagnosis(report).sentence(),
                    life.lastFailure(),
                    report);
        }
    }

    private Diagnosis diagnosis(IngestReport report) {
        long now = timeline.nanos();
        OptionalLong retryAt = life.retryAtNanos();
        return new Diagnosis(
                life.state(),
                fanOut.tracks(),
                fanOut.keyframeSeen(),
                life.failure(),
                retryAt.isPresent() ? OptionalLong.of(Math.max(0, retryAt.getAsLong() - now)) : retryAt,
                silence.lastsNanos(now),
                report);
    }

    /** How it is under its own name; absent when it is known by name or idle. */
    Optional<StreamStatus> statusIfUnknown() {
        StreamName as;
        synchronized (lock) {
            if (known || life.state() == StreamState.IDLE) {
                return Optional.empty();
            }
            as = name;
        }
        return Optional.of(status(as));
    }

    void attach(Lease lease, MediaSink sink) {
        synchronized (lock) {
            if (lease.outlet() != null) {
                throw new IllegalStateException("This lease has a sink already");
            }
            Outlet outlet = new Outlet(sink);
            lease.outlet(outlet);
            EndReason end = lease.end();
            if (end != null) {
                outlet.end(end);
            } else {
                fanOut.attach(outlet);
                endBroken();
            }
        }
        handover.perform();
    }

    void replay(Lease lease) {
        synchronized (lock) {
            Outlet outlet = lease.outlet();
            if (outlet != null && lease.end() == null) {
                fanOut.replay(outlet);
                endBroken();
            }
        }
        handover.perform();
    }

    void end(Lease lease, EndReason reason) {
        synchronized (lock) {
            endUnderLock(lease, reason);
        }
        handover.perform();
    }

    private void endUnderLock(Lease lease, EndReason reason) {
        if (lease.end() != null) {
            return;
        }
        lease.end(reason);
        leases.remove(lease.ticket());
        Outlet outlet = lease.outlet();
        if (outlet != null) {
            fanOut.detach(outlet);
            outlet.end(reason);
        }
        life.giveBack(timeline.nanos(), lease.ticket(), lease.lingerNanos());
        decided();
    }

    private void endBroken() {
        if (!fanOut.hasBroken()) {
            return;
        }
        for (Lease lease : List.copyOf(leases.values())) {
            Outlet outlet = lease.outlet();
            Throwable failure = outlet == null ? null : outlet.failure();
            if (outlet != null && failure != null) {
                LOG.warn(
                        "Camera {}: {} failed, so its lease ends",
                        name,
                        outlet.sink().getClass().getName(),
                        failure);
                endUnderLock(lease, new EndReason.Failed(new NoEngine("The sink of this lease failed.")));
            }
        }
    }

    /** Takes the machine's decisions over; under the lock, after each mutation. */
    private void decided() {
        for (Action action; (action = life.poll()) != null; ) {
            if (action instanceof Action.Grant grant) {
                Lease lease = leases.get(grant.ticket());
                if (lease != null) {
                    handover.answer(lease::handOut);
                }
            } else if (action instanceof Action.Refuse refuse) {
                Lease lease = leases.remove(refuse.ticket());
                if (lease != null) {
                    lease.end(new EndReason.Failed(refuse.why()));
                    handover.answer(() -> lease.granted().completeExceptionally(refuse.why()));
                }
            } else if (action instanceof Action.Open open) {
                handover.step(() -> open(open.attempt()));
            } else {
                handover.step(this::closeOpened);
            }
        }
        Inlet inlet = current;
        if (inlet != null && life.attempt() != inlet.attempt()) {
            current = null;
            silence.stop();
            fanOut.interrupt();
        }
        logFailure();
        arm();
    }

    private void logFailure() {
        String sentence = life.failure().map(RelayException::sentence).orElse("");
        if (!sentence.equals(logged)) {
            logged = sentence;
            if (!sentence.isEmpty()) {
                LOG.warn("Camera {}: {}", name, sentence);
            }
        }
    }

    private void arm() {
        long now = timeline.nanos();
        OptionalLong deadline = life.deadlineNanos();
        OptionalLong tooSilent = silence.deadlineNanos();
        if (tooSilent.isPresent() && (deadline.isEmpty() || tooSilent.getAsLong() - deadline.getAsLong() < 0)) {
            deadline = tooSilent;
        }
        if (deadline.isEmpty() && !known && !retired && leases.isEmpty()) {
            deadline = life.forgottenAtNanos(now);
        }
        if (!deadline.equals(armedFor)) {
            alarm.cancel();
            armedFor = deadline;
            alarm = deadline.isPresent()
                    ? timeline.after(Math.max(deadline.getAsLong() - now, 0), this::wake)
                    : () -> {};
        }
    }

    private void wake() {
        boolean retires;
        synchronized (lock) {
            long now = timeline.nanos();
            armedFor = OptionalLong.empty();
            life.wake(now);
            if (silence.lastsNanos(now) >= Silence.MAX_NANOS) {
                life.ended(now, life.attempt(), new CameraUnreachable(SILENT));
            }
            OptionalLong forgotten = life.forgottenAtNanos(now);
            retires =
                    !known && !retired && leases.isEmpty() && forgotten.isPresent() && forgotten.getAsLong() - now <= 0;
            retired |= retires;
            decided();
        }
        handover.perform();
        if (retires) {
            retirement.accept(this);
        }
    }

    private void open(long attempt) {
        boolean found = false;
        for (IngestEngine engine : engines.of(location.scheme())) {
            found = true;
            Inlet inlet = new Inlet(this, attempt, engine);
            CameraOptions how;
            synchronized (lock) {
                if (life.attempt() != attempt) {
                    return;
                }
                current = inlet;
                how = options;
                fanOut.reset();
            }
            Optional<IngestSession> session = engines.open(engine, location, how, inlet);
            if (session.isPresent()) {
                inlet.session(session.get());
                opened = inlet;
                return;
            }
        }
        NoEngine why = new NoEngine(
                found
                        ? "No ingest engine could be started for " + location.scheme() + " cameras."
                        : "No ingest engine for " + location.scheme() + " cameras is installed.");
        ended(attempt, why);
    }

    private void closeOpened() {
        Inlet inlet = opened;
        opened = null;
        if (inlet != null) {
            inlet.close();
            IngestReport report = inlet.report();
            synchronized (lock) {
                // An attempt that came to nothing knows less than the connection before it.
                lastReport = inlet.told().isEmpty() ? lastReport : report;
            }
        }
    }

    private void ended(long attempt, RelayException why) {
        synchronized (lock) {
            life.ended(timeline.nanos(), attempt, why);
            decided();
        }
        handover.perform();
    }

    void onTracks(Inlet inlet, List<Track> tracks) {
        synchronized (lock) {
            if (current != inlet) {
                return;
            }
            long now = timeline.nanos();
            if (tracks.isEmpty()) {
                life.ended(now, inlet.attempt(), new CameraUnsupported("The camera sends no media."));
            } else if (!tracks.equals(inlet.told())) {
                inlet.told(tracks);
                LOG.info("Camera {} sends {}", name, inlet.encodingNames());
                silence.heard(now);
                fanOut.tracks(tracks);
                life.opened(now, inlet.attempt());
            }
            decided();
            endBroken();
        }
        handover.perform();
    }

    void onPacket(Inlet inlet, Track track, RtpPacket packet) {
        boolean unsettled;
        synchronized (lock) {
            if (current != inlet) {
                return;
            }
            silence.heard(timeline.nanos());
            fanOut.packet(track, packet);
            endBroken();
            unsettled = !handover.isEmpty();
        }
        if (unsettled) {
            handover.perform();
        }
    }

    void onEnd(Inlet inlet, RelayException why) {
        synchronized (lock) {
            if (current != inlet) {
                return;
            }
            life.ended(timeline.nanos(), inlet.attempt(), why);
            decided();
        }
        handover.perform();
    }
}

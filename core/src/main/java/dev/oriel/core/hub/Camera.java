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

    private final SourceLocation location;
    private final IngestEngines engines;
    private final Timeline timeline;
    private final Consumer<Camera> retirement;

    private final Object lock = new Object();
    private final CameraLife life;
    private final FanOut fanOut = new FanOut();
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
            ending = leases.values().stream()
                    .filter(lease -> lease.source() == source)
                    .toList();
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
            if (inlet != null && inlet.engine == engine) {
                LOG.info("Camera {}: its ingest engine has left", name);
                life.orphaned(timeline.nanos(), inlet.attempt);
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
        synchronized (lock) {
            StreamState state = life.state();
            boolean flows = state == StreamState.ACTIVE || state == StreamState.LINGERING;
            String why = flows
                    ? fanOut.whyNoPicture()
                    : life.failure().map(RelayException::sentence).orElse("");
            return new StreamStatus(
                    as,
                    location.url(),
                    state,
                    fanOut.tracks(),
                    life.leases(),
                    fanOut.packets(),
                    fanOut.bytes(),
                    fanOut.groupPackets(),
                    why,
                    life.failure(),
                    IngestReport.NONE);
        }
    }

    /** How it is under its own name; absent when it is known by name or idle. */
    Optional<StreamStatus> statusIfUnknown() {
        synchronized (lock) {
            return known || life.state() == StreamState.IDLE ? Optional.empty() : Optional.of(status(name));
        }
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
                    handover.answer(() -> handOut(lease));
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
        if (inlet != null && life.attempt() != inlet.attempt) {
            current = null;
            fanOut.interrupt();
        }
        logFailure();
        arm();
    }

    private void handOut(Lease lease) {
        if (!lease.granted().complete(lease)) {
            lease.close();
        }
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
            Inlet inlet = new Inlet(attempt, engine);
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
                inlet.session = session.get();
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
        IngestSession session = inlet == null ? null : inlet.session;
        if (session != null) {
            try {
                session.close();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("Camera {}: its session could not be closed", location.url(), e);
            }
        }
    }

    private static List<String> encodingNames(List<Track> tracks) {
        return tracks.stream().map(track -> track.codec().encodingName()).toList();
    }

    private void ended(long attempt, RelayException why) {
        synchronized (lock) {
            life.ended(timeline.nanos(), attempt, why);
            decided();
        }
        handover.perform();
    }

    /** What one attempt tells, as long as it is the one that counts. */
    private final class Inlet implements MediaSink {

        private final long attempt;
        private final IngestEngine engine;
        private List<Track> told = List.of();

        /** Belongs to the steps of the handover. */
        private @Nullable IngestSession session;

        Inlet(long attempt, IngestEngine engine) {
            this.attempt = attempt;
            this.engine = engine;
        }

        @Override
        public void onTracks(List<Track> tracks) {
            synchronized (lock) {
                if (current != this) {
                    return;
                }
                if (tracks.isEmpty()) {
                    life.ended(timeline.nanos(), attempt, new CameraUnsupported("The camera sends no media."));
                } else if (!tracks.equals(told)) {
                    told = List.copyOf(tracks);
                    LOG.info("Camera {} sends {}", name, encodingNames(told));
                    fanOut.tracks(tracks);
                    life.opened(timeline.nanos(), attempt);
                }
                decided();
                endBroken();
            }
            handover.perform();
        }

        @Override
        public void onPacket(Track track, RtpPacket packet) {
            boolean unsettled;
            synchronized (lock) {
                if (current != this) {
                    return;
                }
                fanOut.packet(track, packet);
                endBroken();
                unsettled = !handover.isEmpty();
            }
            if (unsettled) {
                handover.perform();
            }
        }

        @Override
        public void onEnd(EndReason reason) {
            RelayException why = reason instanceof EndReason.Failed failed
                    ? failed.cause()
                    : new CameraUnreachable("The connection to the camera ended: " + reason.sentence());
            synchronized (lock) {
                if (current != this) {
                    return;
                }
                life.ended(timeline.nanos(), attempt, why);
                decided();
            }
            handover.perform();
        }
    }
}
